import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import { invalidApiUrlError } from './errors';

/** What the user typed into the credential, cleaned of stray blanks. */
export interface CredentialData {
	apiUrl: string;
	email: string;
	password: string;
	/** Id or name; empty when the user belongs to one organisation only. */
	organisationId: string;
	/** Seconds a token shall live; undefined leaves it to Uphance (604800 since 2025, uphance-api.md 2.1). */
	expiresIn?: number;
}

const toText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Reads the credential's form.
 *
 * @throws UserError when the address is neither https nor on this very machine: the password would travel in clear.
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

/** A session hangs on these four; when one of them changes, the session is not used again (design 3). */
export function credentialFingerprint({ apiUrl, email, password, organisationId }: CredentialData): string {
	return createHash('sha256')
		.update(JSON.stringify([apiUrl, email, password, organisationId]))
		.digest('hex');
}

/** Uphance very likely keeps the current organisation for each user (uphance-api.md 2.7): this names the user. */
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
