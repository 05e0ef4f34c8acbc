import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RequestFailure } from '../http/failure';
import type { ErrorText } from '../http/failureText';

/**
 * Says why a sign-in failed, in words for the user. `failure` is what Uphance answered, so that the client can judge
 * whether to retry; it must not be called `response`, which n8n would read as an answer of Axios.
 */
export class SignInError extends UserError {
	constructor(
		{ message, description }: ErrorText,
		readonly failure: RequestFailure = {},
	) {
		super(message, { description });
	}
}

export class InvalidPasswordError extends SignInError {}

/** @param apiUrl as typed; with an @ it may hold a login, which must not come back in a message */
export const invalidApiUrlError = (apiUrl: string): SignInError =>
	apiUrl.includes('@')
		? new SignInError({
				message: `'API URL' must not contain '@'`,
				description: 'Email and password have fields of their own. Use https://api.uphance.com.',
			})
		: new SignInError({
				message: `'API URL' must start with https: '${apiUrl}'`,
				description:
					'The password would travel unprotected. Use https://api.uphance.com; http is accepted on this machine (localhost) only.',
			});

export const missingFieldError = (label: string): SignInError =>
	new SignInError({
		message: `'${label}' is empty in the Uphance credential`,
		description: 'Open the credential, fill it in and save.',
	});

export const invalidPasswordError = (failure: RequestFailure): InvalidPasswordError =>
	new InvalidPasswordError(
		{
			message: 'Uphance did not accept the email or password',
			description: 'Open the credential, correct it and save; workflows then go on by themselves.',
		},
		failure,
	);

/** Describes a 200 that is no answer of Uphance's. @param action completes "asked to …" */
export const unexpectedResponseError = (action: string): SignInError =>
	new SignInError(
		{
			message: `Uphance gave an unexpected answer when asked to ${action}`,
			description: `'API URL' in the credential may belong to another service. It is https://api.uphance.com unless Uphance told you otherwise.`,
		},
		{ status: 200 },
	);

/**
 * Before n8n-workflow 2.36 the error that n8n wraps around a failed sign-in forgets its cause. So the error is kept
 * beside the credential object, which is the same one in the sign-in and in the client.
 */
const signInErrors = new WeakMap<ICredentialDataDecryptedObject, UserError>();

export const rememberSignInError = (credential: ICredentialDataDecryptedObject, error: UserError): void =>
	void signInErrors.set(credential, error);

/** Returns the error of the sign-in that just failed, once; undefined when none failed. */
export function takeSignInError(credential: ICredentialDataDecryptedObject): UserError | undefined {
	const error = signInErrors.get(credential);
	signInErrors.delete(credential);
	return error;
}
