import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SignInRefused } from './errors';

/**
 * n8n wraps what a sign-in throws, and before n8n-workflow 2.36 the wrapper forgets its cause (seen in 1.120 to 2.30).
 * So the refusal is kept beside the credential object, which is the same one in the sign-in and in the transport.
 */
const refusals = new WeakMap<ICredentialDataDecryptedObject, SignInRefused>();

export const keepRefusal = (credential: ICredentialDataDecryptedObject, refusal: SignInRefused): void =>
	void refusals.set(credential, refusal);

/** The refusal of the sign-in that just failed, once. */
export function takeRefusal(credential: ICredentialDataDecryptedObject): SignInRefused | undefined {
	const refusal = refusals.get(credential);
	refusals.delete(credential);
	return refusal;
}
