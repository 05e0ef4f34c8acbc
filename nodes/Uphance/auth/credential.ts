import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import { refusedAddress } from './errors';

/** What the user typed into the credential, cleaned of stray blanks. */
export interface SignInForm {
	apiUrl: string;
	email: string;
	password: string;
	/** Id or name; empty when the user belongs to one organisation only. */
	organisationId: string;
	/** Seconds a token shall live; undefined leaves it to Uphance (604800 since 2025, uphance-api.md 2.1). */
	expiresIn?: number;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/**
 * Reads the credential's form.
 *
 * @throws UserError when the address is neither https nor on this very machine: the password would travel in clear.
 */
export function signInForm(credential: ICredentialDataDecryptedObject): SignInForm {
	const expiresIn = Number(credential.expires_in);
	return {
		apiUrl: safeAddress(text(credential.apiUrl).trim() || 'https://api.uphance.com'),
		email: text(credential.email).trim(),
		password: text(credential.password),
		organisationId: text(credential.organisationId).trim(),
		expiresIn: Number.isInteger(expiresIn) && expiresIn > 0 ? expiresIn : undefined,
	};
}

/** A session hangs on these four; when one of them changes, the session is not used again (design 3). */
export function fingerprintOf({ apiUrl, email, password, organisationId }: SignInForm): string {
	return createHash('sha256')
		.update(JSON.stringify([apiUrl, email, password, organisationId]))
		.digest('hex');
}

/** Uphance very likely keeps the current organisation for each user (uphance-api.md 2.7): this names the user. */
export function userOf({ apiUrl, email }: SignInForm): string {
	return `${new URL(apiUrl).origin} ${email.toLowerCase()}`;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function safeAddress(typed: string): string {
	const address = URL.canParse(typed) ? new URL(typed) : undefined;
	const isSafe = address?.protocol === 'https:' || (address?.protocol === 'http:' && loopback.test(address.hostname));
	if (!isSafe || typed.includes('@')) throw refusedAddress(typed);
	return typed.replace(/\/+$/, '');
}
