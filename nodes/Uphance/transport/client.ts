import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseCredential, userKey } from '../auth/credential';
import type { Organisation } from '../auth/errors';
import { isExpired, readSession } from '../auth/session';
import { invalidate, isCurrent } from '../organisation/organisationLock';
import { parseOrganisations, resolveOrganisation } from '../organisation/organisations';
import type { ErrorText } from './errorMessages';
import { unexpectedResponseText } from './errorMessages';
import { cancelled, createApiError } from './errors';
import { runExclusive as runExclusiveInProcess } from './keyedMutex';
import { limits } from './limits';
import type { ApiRequest, ClientState } from './request';
import { abortableSleep, activateOrganisation, invalidateOrganisation, request } from './send';

/** What an operation talks to: Uphance, in one organisation, for the length of one execution. */
export interface UphanceClient {
	readonly organisation: Organisation;
	/** What all connections of one execution share: whose key it is, ends with the execution. */
	readonly cacheKey: object;
	/** Sends one request in this organisation and returns the answer's body. @throws NodeApiError in the user's words */
	request(request: ApiRequest): Promise<unknown>;
	/**
	 * Someone may have switched the organisation elsewhere: the next request registers it again. False when the last one
	 * did already, so that asking again would bring nothing new.
	 */
	invalidateOrganisation(): boolean;
	/** An explanation as something to throw. */
	toError(text: ErrorText): Error;
	/** Milliseconds. @throws NodeOperationError as soon as the execution is cancelled */
	sleep(milliseconds: number): Promise<void>;
	/** Runs a task when those before it with the same key and organisation have ended, in this process. */
	runExclusive<T>(key: string, task: () => Promise<T>): Promise<T>;
	/** Registers this organisation now, and leaves it registered when the execution ends. */
	keepOrganisation(): Promise<void>;
	/** The same user in another organisation, by id or name; empty for the credential's own. @throws UserError */
	forOrganisation(organisation: string): Promise<UphanceClient>;
	/** Registers the credential's organisation again if another one was used. Never throws. */
	restoreOrganisation(): Promise<void>;
}

export interface ClientOptions {
	/** Nobody waits for it, so it need not end soon although n8n gives no signal: a poll after the first. */
	noDeadline?: boolean;
	/** It is asked once and not repeated. */
	noRetry?: boolean;
}

/**
 * Opens the connection of one execution. Without a usable session the list of organisations is asked for first: n8n
 * then signs in, and the session says which organisation is the credential's own.
 *
 * @throws NodeApiError or UserError in the user's words
 */
export async function createClient(context: UphanceContext, options: ClientOptions = {}): Promise<UphanceClient> {
	const credential = await context.getCredentials('uphanceApi');
	const canBeCancelled = 'getExecutionCancelSignal' in context;
	const hasDeadline = !canBeCancelled && !options.noDeadline;
	const state: ClientState = {
		context,
		credentialData: credential,
		credential: parseCredential(credential),
		signal: canBeCancelled
			? context.getExecutionCancelSignal()
			: hasDeadline
				? AbortSignal.timeout(limits.deadlineMs)
				: undefined,
		hasDeadline,
		noRetry: options.noRetry ?? false,
		keepOrganisation: false,
		requestedOrganisations: new Set(),
		activatedOrganisations: new Set(),
		justSwitched: false,
	};

	let organisationsPromise: Promise<Organisation[]> | undefined;
	const organisations = async () => {
		organisationsPromise ??= listOrganisations(state);
		return await organisationsPromise.catch((error: unknown) => {
			organisationsPromise = undefined;
			throw error;
		});
	};
	const session = readSession(credential); // an ended one is renewed first: the user's organisations may have changed
	if (!session || isExpired(session, Date.now())) await organisations();
	const defaultOrganisation = readSession(credential)?.organisation;
	if (!defaultOrganisation) throw createApiError(state, unexpectedResponseText('sign in'));

	const clientFor = (organisation: Organisation): UphanceClient => ({
		organisation,
		cacheKey: state,
		request: async (apiRequest) => await request(state, apiRequest, organisation),
		invalidateOrganisation: () => invalidateOrganisation(state),
		toError: (text) => createApiError(state, text),
		sleep: async (milliseconds) => await abortableSleep(state, milliseconds),
		runExclusive: async (key, task) => await runExclusiveWithState(state, `${organisation.id} ${key}`, task),
		keepOrganisation: async () => {
			state.keepOrganisation = true;
			await activateOrganisation(state, organisation);
		},
		forOrganisation: async (idOrName) => {
			const text = idOrName.trim();
			return clientFor(
				text === '' || text === String(defaultOrganisation.id)
					? defaultOrganisation
					: resolveOrganisation(text, await organisations()),
			);
		},
		restoreOrganisation: async () => await restoreOrganisation(state, defaultOrganisation),
	});
	return clientFor(defaultOrganisation);
}

async function listOrganisations(state: ClientState): Promise<Organisation[]> {
	const action = 'list the organisations';
	const organisations = parseOrganisations(await request(state, { action, method: 'GET', path: '/organisations' }));
	if (!organisations) throw createApiError(state, unexpectedResponseText(action));
	return organisations;
}

/** Users may differ and still write to the same organisation, so the queue is the API's. */
async function runExclusiveWithState<T>(state: ClientState, key: string, task: () => Promise<T>): Promise<T> {
	return await runExclusiveInProcess(`${new URL(state.credential.apiUrl).origin} ${key}`, state.signal, task).catch(
		(error: unknown) => {
			throw state.signal?.aborted && !(error instanceof NodeOperationError) ? cancelled(state) : error;
		},
	);
}

async function restoreOrganisation(state: ClientState, defaultOrganisation: Organisation): Promise<void> {
	if (state.keepOrganisation) return;
	const usedAnother = [...state.requestedOrganisations].some((id) => id !== defaultOrganisation.id);
	if (!usedAnother || isCurrent(userKey(state.credential), defaultOrganisation.id)) return;
	// n8n lets a cancelled execution send nothing any more.
	if (state.signal?.aborted && !state.hasDeadline) return invalidate(userKey(state.credential));
	const signal = state.hasDeadline ? AbortSignal.timeout(limits.gracePeriodMs + limits.deadlineMs) : state.signal;
	await activateOrganisation({ ...state, signal }, defaultOrganisation).catch((error: unknown) => {
		invalidate(userKey(state.credential));
		state.context.logger.warn(`Uphance: organisation ${defaultOrganisation.id} could not be registered again`, {
			error: String(error),
		});
	});
}

/** Wherever n8n lets a node talk to Uphance. */
export type UphanceContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;
