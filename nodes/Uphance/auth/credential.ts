import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { invalidApiUrlError } from './errors';

/** What the user typed into the credential, without blanks around it. */
export interface CredentialData {
	apiUrl: string;
	email: string;
	password: string;
	/** Id or name; empty when the user belongs to one organisation only. */
	organisationId: string;
	/** Seconds that a token is to live; undefined leaves it to Uphance (docs/uphance.openapi.yaml: POST /oauth/token). */
	expiresIn?: number;
}

const toText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Reads the credential's form.
 *
 * @throws UserError if 'API URL' is neither https nor on this machine: the password would travel unprotected
 */
export function parseCredential(data: ICredentialDataDecryptedObject): CredentialData {
	const expiresIn = Number(data.expires_in);
	return {
		apiUrl: validateApiUrl(toText(data.apiUrl).trim() || 'https://api.uphance.com'),
		email: toText(data.email).trim(),
		password: toText(data.password),
		organisationId: toText(data.organisationId).trim(),
		expiresIn: Number.isInteger(expiresIn) && expiresIn > 0 ? expiresIn : undefined,
	};
}

/**
 * Returns a hash of everything that a session depends on. If one of these changes, the old session is not sent again
 * (docs/design.md: Sessions).
 */
export function credentialFingerprint(credential: CredentialData): string {
	const { apiUrl, email, password, organisationId, expiresIn } = credential;
	return createHash('sha256')
		.update(JSON.stringify([apiUrl, email, password, organisationId, expiresIn]))
		.digest('hex');
}

/**
 * Returns a key of the user, for whom Uphance probably stores the current organisation (docs/design.md: One organisation at
 * a time).
 */
export function userKey({ apiUrl, email }: CredentialData): string {
	return `${new URL(apiUrl).origin} ${email.toLowerCase()}`;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function validateApiUrl(apiUrl: string): string {
	const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
	if (!isSafe || apiUrl.includes('@')) throw invalidApiUrlError(apiUrl);
	return apiUrl.replace(/\/+$/, '');
}
