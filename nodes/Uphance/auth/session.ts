import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Organisation } from '../organisation/organisations';
import { isOrganisation } from '../organisation/organisations';

import { credentialFingerprint, parseCredential } from './credential';

/** What the credential's hidden field holds, as one JSON text, so that its parts can never belong to two sessions. */
export interface Session {
	accessToken: string;
	refreshToken?: string;
	/** Milliseconds of this machine's clock: the time of the answer plus Uphance's `expires_in`. */
	expiresAt: number;
	/** The credential's own organisation, not necessarily the one that is registered right now. */
	organisation: Organisation;
	/** How many organisations the user had at sign-in. */
	organisationCount: number;
	fingerprint: string;
}

/**
 * The session that a credential holds, as long as it belongs to what the form says now (design 3); otherwise undefined.
 *
 * @throws UserError for an address that nothing may be sent to.
 */
export function readSession(credential: ICredentialDataDecryptedObject): Session | undefined {
	const fingerprint = credentialFingerprint(parseCredential(credential));
	const session = parseSession(credential.sessionToken);
	return session?.fingerprint === fingerprint ? session : undefined;
}

export const isExpired = (session: Session, now: number): boolean => session.expiresAt <= now;

function parseSession(text: unknown): Session | undefined {
	if (typeof text !== 'string' || text === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isSession(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const isSession = (value: unknown): value is Session =>
	typeof value === 'object' &&
	value !== null &&
	'accessToken' in value &&
	typeof value.accessToken === 'string' &&
	'expiresAt' in value &&
	typeof value.expiresAt === 'number' &&
	'organisation' in value &&
	isOrganisation(value.organisation) &&
	'organisationCount' in value &&
	typeof value.organisationCount === 'number' &&
	'fingerprint' in value;
