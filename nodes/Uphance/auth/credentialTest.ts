import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/**
 * The credential test must prove the password, but n8n does not sign in for a test once a session is stored
 * (n8n-platform.md 0a). So its request carries this header, `authenticate` then sends no session, Uphance answers 401,
 * and n8n renews with the very object that was marked here. The header itself never leaves n8n.
 */
export const proofHeader = 'x-uphance-credential-test';

const unproved = new WeakSet<ICredentialDataDecryptedObject>();
const proved = new WeakSet<ICredentialDataDecryptedObject>();

export const mustProvePassword = (credential: ICredentialDataDecryptedObject): boolean => unproved.has(credential);

export function passwordProved(credential: ICredentialDataDecryptedObject): void {
	unproved.delete(credential);
	proved.add(credential);
}

/** Takes the header off a test's request; true when the session must be withheld so that n8n signs in anew. */
export function withholdsSession(credential: ICredentialDataDecryptedObject, request: IHttpRequestOptions): boolean {
	if (request.headers?.[proofHeader] === undefined) return false;
	delete request.headers[proofHeader];
	if (proved.has(credential)) return false;
	unproved.add(credential);
	return true;
}
