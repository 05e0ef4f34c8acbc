import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { SignInError } from './errors';

/**
 * n8n wraps what a sign-in throws, and before n8n-workflow 2.36 the wrapper forgets its cause (seen in 1.120 to 2.30).
 * So the refusal is kept beside the credential object, which is the same one in the sign-in and in the transport.
 */
const signInErrors = new WeakMap<ICredentialDataDecryptedObject, SignInError>();

export const rememberSignInError = (credential: ICredentialDataDecryptedObject, error: SignInError): void =>
	void signInErrors.set(credential, error);

/** The refusal of the sign-in that just failed, once. */
export function takeSignInError(credential: ICredentialDataDecryptedObject): SignInError | undefined {
	const error = signInErrors.get(credential);
	signInErrors.delete(credential);
	return error;
}
