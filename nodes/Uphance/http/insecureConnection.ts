import type { ErrorText, RequestInfo } from './failureText';

interface Problem {
	/** Codes of Node.js (its documentation of tls: X509 certificate error codes). */
	codes: RegExp;
	/** What is wrong with the certificate; undefined where none came. */
	certificate?: string;
	advice: (apiUrl: string) => string;
	toCheck?: string;
}

const renewal = () =>
	'Check the clock of the machine that runs n8n. If it is right, Uphance, or a proxy between n8n and Uphance, must renew the certificate.';

/** The first row whose codes match counts. */
const problems: Problem[] = [
	{ codes: /^CERT_HAS_EXPIRED$/, certificate: 'its certificate has expired', advice: renewal },
	{ codes: /^CERT_NOT_YET_VALID$/, certificate: 'its certificate is not valid yet', advice: renewal },
	{
		codes: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
		certificate: 'its certificate is for another host',
		advice: (apiUrl) =>
			`Check 'API URL' in the credential (${apiUrl}). A proxy between n8n and Uphance may answer in its place.`,
		toCheck: "'API URL'",
	},
	{
		codes: /CERT|SIGNATURE|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|UNABLE_TO_GET_CRL)$/,
		certificate: 'n8n does not trust its certificate',
		advice: () =>
			'A proxy or firewall between n8n and Uphance may answer with a certificate of its own. If you trust it, set NODE_EXTRA_CA_CERTS of n8n to a file with the certificate of its issuer, and restart n8n.',
	},
	{
		codes: /^EPROTO$|^ERR_SSL_/,
		advice: (apiUrl) =>
			`Check 'API URL' in the credential (${apiUrl}). The server or the proxy at this address may not use https.`,
		toCheck: "'API URL'",
	},
];

/** Describes a connection that ended because it was not secure. Returns undefined for any other code. */
export function insecureConnectionText(code: string, { action, apiUrl }: RequestInfo): ErrorText | undefined {
	const problem = problems.find(({ codes }) => codes.test(code));
	return (
		problem && {
			message: `Could not connect to Uphance securely (${action})${problem.certificate ? `: ${problem.certificate}` : ''}`,
			description: `${problem.advice(apiUrl)} The connection ended with ${code}.`,
			toCheck: problem.toCheck,
		}
	);
}
