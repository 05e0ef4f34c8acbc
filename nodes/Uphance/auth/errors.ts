import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** An organisation as Uphance lists it (uphance-api.md 2.3). */
export interface Organisation {
	id: number;
	name: string;
}

/** Organisations as every message names them. */
export const formatOrganisation = ({ name, id }: Organisation): string => `${name} (${id})`;

/**
 * Why a sign-in did not come about, in words for the user. `status` and `headers` are those of Uphance's answer, so
 * that the transport can judge whether to try again; both are missing when no answer came, `code` then names the cause.
 */
export class SignInError extends UserError {
	constructor(
		message: string,
		description: string,
		readonly failure: { status?: number; headers?: unknown; code?: string } = {},
	) {
		super(message, { description });
	}
}

/** With an @ the address may hold a login, which must not come back in a message. */
export const invalidApiUrlError = (address: string): SignInError =>
	address.includes('@')
		? new SignInError(
				`'API URL' must not contain '@'`,
				'Email and password have fields of their own. Use https://api.uphance.com.',
			)
		: new SignInError(
				`'API URL' must start with https: '${address}'`,
				'The password would travel unprotected. Use https://api.uphance.com; http is accepted on this machine (localhost) only.',
			);

export const missingFieldError = (label: string): SignInError =>
	new SignInError(`'${label}' is empty in the Uphance credential`, 'Open the credential, fill it in and save.');

export class InvalidPasswordError extends SignInError {}

export const invalidPasswordError = (response: SignInError['failure']): InvalidPasswordError =>
	new InvalidPasswordError(
		'Uphance did not accept the email or password',
		'Open the credential, correct it and save; workflows then go on by themselves.',
		response,
	);

export function organisationError(idOrName: string, organisations: Organisation[], matchCount = 0): SignInError {
	const list = organisations.map(formatOrganisation).join(', ');
	if (organisations.length === 0) {
		return new SignInError(
			'This user belongs to no organisation in Uphance',
			'Ask an administrator of Uphance to give this user access to the organisation.',
		);
	}
	if (idOrName === '') {
		return new SignInError(
			`This user belongs to ${organisations.length} organisations and none is chosen: ${list}`,
			`Put the number of one of them into 'Organisation ID' of the credential.`,
		);
	}
	if (matchCount > 1) {
		return new SignInError(
			`${matchCount} organisations of this user are called '${idOrName}': ${list}`,
			'Use the number of one of them.',
		);
	}
	return new SignInError(
		`This user does not belong to an organisation '${idOrName}', only to: ${list}`,
		'Use the number or the name of one of them.',
	);
}

/** Uphance answered a step of the sign-in with something else than was expected, or not at all. */
export function signInStepError(action: string, response: SignInError['failure']): SignInError {
	if (response.status === undefined) {
		return new SignInError(
			`Uphance could not be reached to ${action}`,
			`Check the internet connection of n8n and 'API URL' in the credential, then try again${response.code ? ` (${response.code})` : ''}.`,
			response,
		);
	}
	if (response.status === 429) {
		return new SignInError(
			'Uphance asked to slow down while signing in',
			'Try again later, or run fewer workflows at the same time.',
			response,
		);
	}
	if (response.status >= 300 && response.status < 400) {
		return new SignInError(
			`Uphance sent the request to another address when asked to ${action}`,
			`The password and the session are never sent there. Check 'API URL' in the credential.`,
			response,
		);
	}
	return new SignInError(
		`Uphance could not ${action} (status ${response.status})`,
		`Try again later. If it stays, check 'API URL' in the credential.`,
		response,
	);
}

/** Uphance, or something that stands in its place, answered 200 with something that is no such answer. */
export const unexpectedResponseError = (action: string): SignInError =>
	new SignInError(
		`Uphance gave an unexpected answer when asked to ${action}`,
		`'API URL' in the credential may belong to another service. It is https://api.uphance.com unless Uphance told you otherwise.`,
		{ status: 200 },
	);

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
