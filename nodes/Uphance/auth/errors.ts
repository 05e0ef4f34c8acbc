import { UserError } from 'n8n-workflow';

/** An organisation as Uphance lists it (uphance-api.md 2.3). */
export interface Organisation {
	id: number;
	name: string;
}

/** Organisations as every message names them. */
export const named = ({ name, id }: Organisation): string => `${name} (${id})`;

/**
 * Why a sign-in did not come about, in words for the user. `status` and `headers` are those of Uphance's answer, so
 * that the transport can judge whether to try again; both are missing when no answer came, `code` then names the cause.
 */
export class SignInRefused extends UserError {
	constructor(
		message: string,
		description: string,
		readonly answer: { status?: number; headers?: unknown; code?: string } = {},
	) {
		super(message, { description });
	}
}

/** With an @ the address may hold a login, which must not come back in a message. */
export const refusedAddress = (address: string): SignInRefused =>
	address.includes('@')
		? new SignInRefused(
				`'API URL' must not contain '@'`,
				'Email and password have fields of their own. Use https://api.uphance.com.',
			)
		: new SignInRefused(
				`'API URL' must start with https: '${address}'`,
				'The password would travel unprotected. Use https://api.uphance.com; http is accepted on this machine (localhost) only.',
			);

export const refusedForm = (label: string): SignInRefused =>
	new SignInRefused(`'${label}' is empty in the Uphance credential`, 'Open the credential, fill it in and save.');

export class PasswordRefused extends SignInRefused {}

export const refusedPassword = (answer: SignInRefused['answer']): PasswordRefused =>
	new PasswordRefused(
		'Uphance did not accept the email or password',
		'Open the credential, correct it and save; workflows then go on by themselves.',
		answer,
	);

export function refusedOrganisation(wanted: string, organisations: Organisation[], hits = 0): SignInRefused {
	const list = organisations.map(named).join(', ');
	if (organisations.length === 0) {
		return new SignInRefused(
			'This user belongs to no organisation in Uphance',
			'Ask an administrator of Uphance to give this user access to the organisation.',
		);
	}
	if (wanted === '') {
		return new SignInRefused(
			`This user belongs to ${organisations.length} organisations and none is chosen: ${list}`,
			`Put the number of one of them into 'Organisation ID' of the credential.`,
		);
	}
	if (hits > 1) {
		return new SignInRefused(
			`${hits} organisations of this user are called '${wanted}': ${list}`,
			'Use the number of one of them.',
		);
	}
	return new SignInRefused(
		`This user does not belong to an organisation '${wanted}', only to: ${list}`,
		'Use the number or the name of one of them.',
	);
}

/** Uphance answered a step of the sign-in with something else than was expected, or not at all. */
export function refusedStep(step: string, answer: SignInRefused['answer']): SignInRefused {
	if (answer.status === undefined) {
		return new SignInRefused(
			`Uphance could not be reached to ${step}`,
			`Check the internet connection of n8n and 'API URL' in the credential, then try again${answer.code ? ` (${answer.code})` : ''}.`,
			answer,
		);
	}
	if (answer.status === 429) {
		return new SignInRefused(
			'Uphance asked to slow down while signing in',
			'Try again later, or run fewer workflows at the same time.',
			answer,
		);
	}
	if (answer.status >= 300 && answer.status < 400) {
		return new SignInRefused(
			`Uphance sent the request to another address when asked to ${step}`,
			`The password and the session are never sent there. Check 'API URL' in the credential.`,
			answer,
		);
	}
	return new SignInRefused(
		`Uphance could not ${step} (status ${answer.status})`,
		`Try again later. If it stays, check 'API URL' in the credential.`,
		answer,
	);
}

/** Uphance, or something that stands in its place, answered 200 with something that is no such answer. */
export const refusedAnswer = (step: string): SignInRefused =>
	new SignInRefused(
		`Uphance gave an unexpected answer when asked to ${step}`,
		`'API URL' in the credential may belong to another service. It is https://api.uphance.com unless Uphance told you otherwise.`,
		{ status: 200 },
	);
