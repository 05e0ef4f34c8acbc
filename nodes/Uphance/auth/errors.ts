import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RequestFailure } from '../http/failure';
import type { ErrorText } from '../http/failureText';

/** Says why a sign-in failed, in the words of the user. */
export class SignInError extends UserError {
	/**
	 * What decides about a retry. Has no body, which may repeat the password. Is not called `response`: n8n would take
	 * the error for one of Axios and sign in once more.
	 */
	readonly failure: Pick<RequestFailure, 'status' | 'code' | 'retryAfter'>;

	constructor({ message, description }: ErrorText, { status, code, retryAfter }: RequestFailure = {}) {
		super(message, { description });
		this.failure = { status, code, retryAfter };
	}
}

/** Says that Uphance rejected the email or the password. */
export class InvalidPasswordError extends SignInError {}

/** Returns the error of an 'API URL' that nothing is sent to. Does not repeat one with an @, which may hold a password. */
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

/** Returns the error of a field that must not be empty. @param label as the form shows it */
export const missingFieldError = (label: string): SignInError =>
	new SignInError({
		message: `'${label}' is empty in the Uphance credential`,
		description: 'Open the credential, fill it in and save.',
	});

/** Returns the error of an answer with status 2xx that is not Uphance's. @param action completes "asked to …" */
export const unexpectedResponseError = (action: string): SignInError =>
	new SignInError(
		{
			message: `Uphance gave an unexpected answer when asked to ${action}; check 'API URL'`,
			description: `'API URL' in the credential may belong to another service. It is https://api.uphance.com unless Uphance told you otherwise.`,
		},
		{ status: 200 },
	);

/**
 * The error of the last sign-in of a credential object. n8n passes the same object to the sign-in and to the client.
 * Before n8n-workflow 2.36 n8n's own error around a failed sign-in has no cause, so the client reads it here.
 */
const lastErrors = new WeakMap<ICredentialDataDecryptedObject, UserError>();

/** Errors that another try would give again. A credential object lives as long as one execution of a node. */
const finalErrors = new WeakMap<ICredentialDataDecryptedObject, UserError>();

/** Keeps the error of a sign-in for the client and, if another try is pointless, for the rest of the execution. */
export function rememberSignInError(credential: ICredentialDataDecryptedObject, error: UserError): void {
	lastErrors.set(credential, error);
	if (isFinal(error)) finalErrors.set(credential, error);
}

/** Returns the error of the sign-in that just failed, once; undefined if none failed. */
export function takeSignInError(credential: ICredentialDataDecryptedObject): UserError | undefined {
	const error = lastErrors.get(credential);
	lastErrors.delete(credential);
	return error;
}

/** Returns the error that every sign-in of this execution would end with; undefined if there is none. */
export const finalSignInError = (credential: ICredentialDataDecryptedObject): UserError | undefined =>
	finalErrors.get(credential);

function isFinal(error: UserError): boolean {
	if (!(error instanceof SignInError)) return true;
	const { status = 0 } = error.failure;
	return status >= 300 && status < 500 && status !== 408 && status !== 429;
}
