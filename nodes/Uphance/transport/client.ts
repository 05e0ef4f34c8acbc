import { NodeOperationError } from 'n8n-workflow';
import { chosenOrganisation, organisationsIn } from '../organisation/organisations';
import { doubtRegistration, isRegistered } from '../organisation/organisationLock';
import type { Organisation } from '../auth/errors';
import { hasExpired, storedSession } from '../auth/session';
import { signInForm, userOf } from '../auth/credential';
import type { UphanceContext } from './context';
import type { Account, Request } from './request';
import type { Explanation } from './errorMessages';
import { explainAnswer } from './errorMessages';
import { patience } from './limits';
import { inQueue } from './keyedMutex';
import { doubtOrganisation, pause, register, send } from './send';
import { cancelled, uphanceError } from './errors';

/** What an operation talks to: Uphance, in one organisation, for the length of one execution. */
export interface Connection {
	readonly organisation: Organisation;
	/** What all connections of one execution share: whose key it is, ends with the execution. */
	readonly execution: object;
	/** Sends one request in this organisation and returns the answer's body. @throws NodeApiError in the user's words */
	send(request: Request): Promise<unknown>;
	/**
	 * Someone may have switched the organisation elsewhere: the next request registers it again. False when the last one
	 * did already, so that asking again would bring nothing new.
	 */
	doubtOrganisation(): boolean;
	/** An explanation as something to throw. */
	refusal(explanation: Explanation): Error;
	/** Milliseconds. @throws NodeOperationError as soon as the execution is cancelled */
	pause(milliseconds: number): Promise<void>;
	/** Runs a task when those before it with the same key and organisation have ended, in this process. */
	inQueue<T>(key: string, task: () => Promise<T>): Promise<T>;
	/** Registers this organisation now, and leaves it registered when the execution ends. */
	stay(): Promise<void>;
	/** The same user in another organisation, by id or name; empty for the credential's own. @throws UserError */
	in(organisation: string): Promise<Connection>;
	/** Registers the credential's organisation again if another one was used. Never throws. */
	close(): Promise<void>;
}

export interface How {
	/** Nobody waits for it, so it need not end soon although n8n gives no signal: a poll after the first. */
	unlimited?: boolean;
	/** It is asked once and not repeated. */
	oneTry?: boolean;
}

/**
 * Opens the connection of one execution. Without a usable session the list of organisations is asked for first: n8n
 * then signs in, and the session says which organisation is the credential's own.
 *
 * @throws NodeApiError or UserError in the user's words
 */
export async function openConnection(context: UphanceContext, how: How = {}): Promise<Connection> {
	const credential = await context.getCredentials('uphanceApi');
	const canBeCancelled = 'getExecutionCancelSignal' in context;
	const unattended = !canBeCancelled && !how.unlimited;
	const account: Account = {
		context,
		credential,
		form: signInForm(credential),
		signal: canBeCancelled
			? context.getExecutionCancelSignal()
			: unattended
				? AbortSignal.timeout(patience.unattended)
				: undefined,
		unattended,
		oneTry: how.oneTry ?? false,
		stays: false,
		asked: new Set(),
		registered: new Set(),
		justRegistered: false,
	};

	let listed: Promise<Organisation[]> | undefined;
	const organisations = async () => {
		listed ??= listOrganisations(account);
		return await listed.catch((error: unknown) => {
			listed = undefined;
			throw error;
		});
	};
	const usable = storedSession(credential); // an ended one is renewed first: the user's organisations may have changed
	if (!usable || hasExpired(usable, Date.now())) await organisations();
	const own = storedSession(credential)?.organisation;
	if (!own) throw uphanceError(account, explainAnswer('sign in'));

	const connectionIn = (organisation: Organisation): Connection => ({
		organisation,
		execution: account,
		send: async (request) => await send(account, request, organisation),
		doubtOrganisation: () => doubtOrganisation(account),
		refusal: (explanation) => uphanceError(account, explanation),
		pause: async (milliseconds) => await pause(account, milliseconds),
		inQueue: async (key, task) => await queued(account, `${organisation.id} ${key}`, task),
		stay: async () => {
			account.stays = true;
			await register(account, organisation);
		},
		in: async (wanted) => {
			const typed = wanted.trim();
			return connectionIn(
				typed === '' || typed === String(own.id) ? own : chosenOrganisation(typed, await organisations()),
			);
		},
		close: async () => await putBack(account, own),
	});
	return connectionIn(own);
}

async function listOrganisations(account: Account): Promise<Organisation[]> {
	const doing = 'list the organisations';
	const organisations = organisationsIn(await send(account, { doing, method: 'GET', path: '/organisations' }));
	if (!organisations) throw uphanceError(account, explainAnswer(doing));
	return organisations;
}

/** Users may differ and still write to the same organisation, so the queue is the API's. */
async function queued<T>(account: Account, key: string, task: () => Promise<T>): Promise<T> {
	return await inQueue(`${new URL(account.form.apiUrl).origin} ${key}`, account.signal, task).catch(
		(error: unknown) => {
			throw account.signal?.aborted && !(error instanceof NodeOperationError) ? cancelled(account) : error;
		},
	);
}

async function putBack(account: Account, own: Organisation): Promise<void> {
	if (account.stays) return;
	const usedAnother = [...account.asked].some((id) => id !== own.id);
	if (!usedAnother || isRegistered(userOf(account.form), own.id)) return;
	// n8n lets a cancelled execution send nothing any more.
	if (account.signal?.aborted && !account.unattended) return doubtRegistration(userOf(account.form));
	const signal = account.unattended ? AbortSignal.timeout(patience.settle + patience.unattended) : account.signal;
	await register({ ...account, signal }, own).catch((error: unknown) => {
		doubtRegistration(userOf(account.form));
		account.context.logger.warn(`Uphance: organisation ${own.id} could not be registered again`, {
			error: String(error),
		});
	});
}
