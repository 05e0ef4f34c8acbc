import { parseCredential, userKey } from '../auth/credential';
import { isExpired, readSession } from '../auth/session';
import type { ErrorText } from '../http/failureText';
import type { Limits } from '../http/limits';
import { defaultLimits } from '../http/limits';
import type { Organisation } from '../organisation/organisations';
import { resolveOrganisation } from '../organisation/organisations';
import type { ClientState, UphanceContext } from './clientState';
import { abortableSleep, orAbortError } from './clientState';
import { unexpectedResponseText } from './errorMessages';
import { createApiError } from './errors';
import { listOrganisations } from './foreignOrganisation';
import { raceAbort, runExclusive } from './keyedMutex';
import { registerOrganisation, request } from './request';
import type { ApiRequest } from './sendWithRetry';
import { lockOf } from './withOrganisation';

/** Talks to Uphance in one organisation, for the length of one execution. */
export interface UphanceClient {
	readonly organisation: Organisation;
	readonly limits: Readonly<Limits>;
	/** Names the user and the organisation, for what is kept across executions. */
	readonly scope: string;
	/** Sends one request in this organisation and returns the body of the answer. @throws NodeApiError in the user's words */
	request(apiRequest: ApiRequest): Promise<unknown>;
	/** Reads something once per execution and organisation. What failed is read again when it is next asked for. */
	cached<T>(key: string, read: () => Promise<T>): Promise<T>;
	/** Does the same per execution, whatever the organisation. */
	cachedForExecution<T>(key: string, read: () => Promise<T>): Promise<T>;
	/** Makes an error of a text, without the secrets of this client, and without further ones. */
	toError(text: ErrorText, secrets?: string[]): Error;
	/** @throws NodeOperationError as soon as the execution is cancelled */
	sleep(milliseconds: number): Promise<void>;
	/** Waits for another execution. @throws NodeOperationError as soon as this execution is cancelled */
	waitFor<T>(promise: Promise<T>): Promise<T>;
	/** Runs a task when earlier ones with the same key and organisation have ended, in this process. */
	runExclusive<T>(key: string, task: () => Promise<T>): Promise<T>;
	/** Registers this organisation now, and leaves it registered when the execution ends. */
	keepOrganisation(): Promise<void>;
	/** Returns a client of the same user in another organisation; an empty text is the credential's own. @throws UserError */
	forOrganisation(idOrName: string): Promise<UphanceClient>;
	/** Returns a client for what belongs to the user and not to an organisation: it registers none. */
	forUser(): UphanceClient;
	/** Registers the credential's organisation again if another one was used. Never throws. */
	restoreOrganisation(): Promise<void>;
}

export interface ClientOptions {
	/** Each request is sent once. */
	noRetry?: boolean;
	limits?: Readonly<Limits>;
}

/**
 * Creates the client of one execution. Without a session that is valid it lists the organisations first: n8n then signs
 * in, and the session says which organisation is the credential's own.
 *
 * @throws NodeApiError or UserError in the user's words
 */
export async function createClient(context: UphanceContext, options: ClientOptions = {}): Promise<UphanceClient> {
	const state = await createState(context, options);
	const cache = new Map<string, Promise<unknown>>();
	const organisations = async () => await readOnce(cache, 'organisations', async () => await listOrganisations(state));
	const session = readSession(state.credentialData); // an ended one is renewed: the user's organisations may have changed
	if (!session || isExpired(session, Date.now())) await organisations();
	const own = readSession(state.credentialData)?.organisation;
	if (!own) throw createApiError(state, unexpectedResponseText('sign in'));

	const clientFor = (organisation: Organisation): UphanceClient => ({
		organisation,
		limits: state.limits,
		scope: `${userKey(state.credential)} ${organisation.id}`,
		request: async (apiRequest) => await request(state, apiRequest, organisation),
		cached: async (key, read) => await readOnce(cache, `${organisation.id} ${key}`, read),
		cachedForExecution: async (key, read) => await readOnce(cache, key, read),
		toError: (text, secrets) => createApiError(state, text, undefined, secrets),
		sleep: async (milliseconds) => await abortableSleep(state, milliseconds),
		waitFor: async (promise) => await orAbortError(state, raceAbort(promise, state.signal)),
		runExclusive: async (key, task) => await runInTurn(state, `${organisation.id} ${key}`, task),
		keepOrganisation: async () => {
			state.keepOrganisation = true;
			await registerOrganisation(state, organisation);
		},
		forOrganisation: async (idOrName) => {
			const text = idOrName.trim();
			const isOwn = text === '' || text === String(own.id);
			return clientFor(isOwn ? own : resolveOrganisation(text, await organisations()));
		},
		forUser: () => ({ ...clientFor(own), request: async (apiRequest) => await request(state, apiRequest) }),
		restoreOrganisation: async () => await restoreOrganisation(state, own),
	});
	return clientFor(own);
}

async function createState(context: UphanceContext, options: ClientOptions): Promise<ClientState> {
	const { noRetry = false, limits = defaultLimits } = options;
	const credentialData = await context.getCredentials('uphanceApi');
	const canBeCancelled = 'getExecutionCancelSignal' in context;
	return {
		context,
		credentialData,
		credential: parseCredential(credentialData),
		limits,
		signal: canBeCancelled ? context.getExecutionCancelSignal() : AbortSignal.timeout(limits.deadlineMs),
		deadlineAt: canBeCancelled ? undefined : Date.now() + limits.deadlineMs,
		noRetry,
		keepOrganisation: false,
		requestedOrganisations: new Set(),
		foreignIds: new Map(),
	};
}

async function readOnce<T>(cache: Map<string, Promise<unknown>>, key: string, read: () => Promise<T>): Promise<T> {
	const promise = cache.get(key) ?? read();
	cache.set(key, promise);
	promise.catch(() => cache.delete(key));
	return await (promise as Promise<T>); // one key has one reader, so the type is the one that was stored
}

/** Users may differ and still write to the same organisation, so the key holds the API and not the user. */
async function runInTurn<T>(state: ClientState, key: string, task: () => Promise<T>): Promise<T> {
	const { credential, signal, limits } = state;
	const origin = new URL(credential.apiUrl).origin;
	return await orAbortError(state, runExclusive(`${origin} ${key}`, signal, limits.gracePeriodMs, task));
}

async function restoreOrganisation(state: ClientState, own: Organisation): Promise<void> {
	if (state.keepOrganisation) return;
	const lock = lockOf(state);
	const usedAnother = [...state.requestedOrganisations].some((id) => id !== own.id);
	if (!usedAnother || lock.isCurrent(own.id)) return;
	// n8n lets a cancelled execution send nothing any more.
	const hasDeadline = state.deadlineAt !== undefined;
	if (state.signal?.aborted && !hasDeadline) return lock.invalidate();
	const { gracePeriodMs, deadlineMs } = state.limits;
	const timeMs = gracePeriodMs + deadlineMs;
	const restoreState = hasDeadline
		? { ...state, signal: AbortSignal.timeout(timeMs), deadlineAt: Date.now() + timeMs }
		: state;
	await registerOrganisation(restoreState, own).catch((error: unknown) => {
		lock.invalidate();
		state.context.logger.warn(`Uphance: could not switch back to organisation ${own.id}`, {
			error: String(error),
		});
	});
}
