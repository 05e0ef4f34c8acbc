import type { RequestFailure } from '../http/failure';
import { asString, getProperty, parseJson } from '../http/json';
import { isWebPage, redact, serverMessage } from '../http/serverMessage';
import type { CredentialData } from './credential';
import { InvalidPasswordError, SignInError } from './errors';

/** Statuses with which Uphance may reject what the credential says; 200 with an error in the body is one more. */
const rejectionStatuses = new Set([200, 400, 401, 403, 422, 423]);

/** Names of statuses, which give no reason beyond the status. Ruby on Rails sends them as `error`. */
const statusNames = new Map([
	[400, 'bad request'],
	[401, 'unauthorized'],
]);

/**
 * Describes the answer of Uphance to email and password, if it is a rejection with a reason, or 400 or 401 without one.
 * Blames the password only for `invalid_grant` (docs/uphance.openapi.yaml: POST /oauth/token) and where there is no
 * reason: a wrong blame would make people change a right password. Returns undefined for any other answer.
 *
 * @param secrets what the request carried, which Uphance or a proxy before it may repeat
 */
export function rejectionError(
	failure: RequestFailure,
	{ expiresIn }: Pick<CredentialData, 'expiresIn'>,
	secrets: Array<string | undefined>,
): SignInError | undefined {
	const { status = 0, body } = failure;
	if (!rejectionStatuses.has(status) || isWebPage(body)) return undefined;
	const parsed = typeof body === 'string' ? parseJson(body) : body;
	const words = redact(serverMessage(body), secrets);
	const reason = words.toLowerCase() === statusNames.get(status) ? '' : words;
	if (getProperty(parsed, 'error') === 'invalid_grant') {
		return invalidPasswordError(failure, ownWords(getProperty(parsed, 'error_description'), secrets));
	}
	if (reason === '' && status !== 400 && status !== 401) return undefined;
	const isBrokenJson = words === '' && typeof body === 'string' && body.trim() !== '' && parsed === undefined;
	const isBare = reason === '' && !isBrokenJson;
	if (isBare) return invalidPasswordError(failure, status === 400 ? sessionLengthHint(expiresIn) : '');
	if (expiresIn !== undefined && reason.includes('expires_in')) {
		return new SignInError(
			{
				message: `Uphance did not accept 'Session Length (Seconds)': ${reason}`,
				description: `It is ${expiresIn}. Open the credential, enter less or leave it empty, and save.`,
			},
			failure,
		);
	}
	return new SignInError(
		{
			message: `Uphance refused to sign in${reason ? `: ${reason}` : ` (status ${status})`}`,
			description: `Open the credential and correct what it names, or ask your Uphance administrator.${sessionLengthHint(expiresIn)}`,
		},
		failure,
	);
}

/** Returns the error of a wrong email or password. @param hint one more sentence with a space before it, or nothing */
export const invalidPasswordError = (failure: RequestFailure, hint = ''): InvalidPasswordError =>
	new InvalidPasswordError(
		{
			message: 'Uphance did not accept the email or password',
			description: `Open the credential, correct it and save. Later executions then work.${hint}`,
		},
		failure,
	);

/** Doorkeeper sends this sentence with every `invalid_grant`, whatever the cause (its locale file, errors.messages). */
const doorkeepersWords = /^The provided authorization grant is invalid/;

function ownWords(description: unknown, secrets: Array<string | undefined>): string {
	const words = redact(serverMessage(asString(description)), secrets).replace(/\.$/, '');
	return words === '' || doorkeepersWords.test(words) ? '' : ` Uphance says: ${words}.`;
}

const sessionLengthHint = (expiresIn: number | undefined): string =>
	expiresIn === undefined
		? ''
		: ` 'Session Length (Seconds)' is ${expiresIn}. If Uphance does not accept it, enter less or leave it empty.`;
