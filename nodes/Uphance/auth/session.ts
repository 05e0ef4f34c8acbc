import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isObject, parseJson } from '../http/json';
import type { Organisation } from '../organisation/organisations';
import { isOrganisation } from '../organisation/organisations';
import { credentialFingerprint, parseCredential } from './credential';

/** The content of the credential's hidden field: one JSON text, so that its parts never belong to two sessions. */
export interface Session {
	accessToken: string;
	refreshToken?: string;
	/** Unix time in milliseconds, by the clock of this machine: the time of the answer plus Uphance's `expires_in`. */
	expiresAt: number;
	/** The credential's own organisation. Another one may be registered at the moment. */
	organisation: Organisation;
	/** How many organisations the user had at sign-in. */
	organisationCount: number;
	/** `credentialFingerprint` of the form that it was created for. */
	fingerprint: string;
}

/**
 * Returns the session that a credential holds; undefined if there is none, or if the form has changed since.
 *
 * @throws UserError for an 'API URL' that nothing may be sent to
 */
export function readSession(credential: ICredentialDataDecryptedObject): Session | undefined {
	const fingerprint = credentialFingerprint(parseCredential(credential));
	const session = parseSession(credential.sessionToken);
	return session?.fingerprint === fingerprint ? session : undefined;
}

/** Tells whether a session has ended. @param now Unix time in milliseconds */
export const isExpired = (session: Session, now: number): boolean => session.expiresAt <= now;

function parseSession(text: unknown): Session | undefined {
	const value = typeof text === 'string' ? parseJson(text) : undefined;
	return isSession(value) ? value : undefined;
}

const isSession = (value: unknown): value is Session =>
	isObject(value) &&
	typeof value.accessToken === 'string' &&
	typeof value.expiresAt === 'number' &&
	isOrganisation(value.organisation) &&
	typeof value.organisationCount === 'number' &&
	'fingerprint' in value;
