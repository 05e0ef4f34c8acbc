import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/**
 * The credential test must prove the password, but n8n does not sign in for a test once a session is stored
 * (n8n-platform.md 0a). So its request carries this header, `authenticate` then sends no session, Uphance answers 401,
 * and n8n renews with the very object that was marked here. The header itself never leaves n8n.
 */
export const credentialTestHeader = 'x-uphance-credential-test';

const pending = new WeakSet<ICredentialDataDecryptedObject>();
const verified = new WeakSet<ICredentialDataDecryptedObject>();

export const requiresPasswordGrant = (credential: ICredentialDataDecryptedObject): boolean => pending.has(credential);

export function markPasswordVerified(credential: ICredentialDataDecryptedObject): void {
	pending.delete(credential);
	verified.add(credential);
}

/** Takes the header off a test's request; true when the session must be withheld so that n8n signs in anew. */
export function consumeTestHeader(credential: ICredentialDataDecryptedObject, request: IHttpRequestOptions): boolean {
	if (request.headers?.[credentialTestHeader] === undefined) return false;
	delete request.headers[credentialTestHeader];
	if (verified.has(credential)) return false;
	pending.add(credential);
	return true;
}
