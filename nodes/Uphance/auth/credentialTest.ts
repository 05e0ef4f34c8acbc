import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/**
 * Marks the request of the credential test, which must prove the password: n8n does not sign in for a test once a session
 * is stored (n8n's credentials-tester.service). `authenticate` sends no session with this header, Uphance answers 401,
 * and n8n signs in with the same credential object. The header never leaves n8n.
 */
export const credentialTestHeader = 'x-uphance-credential-test';

/** Credentials whose test waits for a sign-in with the password. */
const pending = new WeakSet<ICredentialDataDecryptedObject>();

/** Credentials whose test has signed in, so that its second request carries the session. */
const verified = new WeakSet<ICredentialDataDecryptedObject>();

/** Tells whether a sign-in must use the password, although a session is stored. */
export const requiresPasswordGrant = (credential: ICredentialDataDecryptedObject): boolean => pending.has(credential);

/** Notes that Uphance accepted the password. */
export function markPasswordVerified(credential: ICredentialDataDecryptedObject): void {
	pending.delete(credential);
	verified.add(credential);
}

/** Removes the header from a request. Returns true if the session must be withheld, so that n8n signs in. */
export function consumeTestHeader(credential: ICredentialDataDecryptedObject, request: IHttpRequestOptions): boolean {
	if (request.headers?.[credentialTestHeader] === undefined) return false;
	delete request.headers[credentialTestHeader];
	if (verified.has(credential)) return false;
	pending.add(credential);
	return true;
}
