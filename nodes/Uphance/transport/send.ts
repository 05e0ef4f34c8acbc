import { sleep } from 'n8n-workflow';
import { doubtRegistration } from '../organisation/organisationLock';
import { takeRefusal } from '../auth/lastRefusal';
import type { Organisation } from '../auth/errors';
import { named } from '../auth/errors';
import { userOf } from '../auth/credential';
import type { Account, Request } from './request';
import { sendOverHttp } from './request';
import { explain } from './errorMessages';
import type { Failure } from '../http/failure';
import { failureIn } from '../http/failure';
import { foreignOrganisationIn } from './foreign';
import { patience } from './limits';
import { waitBeforeRepeat } from './retry';
import { turnIn } from './turn';
import { cancelled, uphanceError } from './errors';

/**
 * Sends one request in an organisation, repeats it as long as that is safe, and returns the answer's body.
 * Reading an answer that names another organisation is repeated once after registering again (design 4), and so is
 * whatever found nothing: someone may have switched to an organisation that does not have it.
 *
 * @throws NodeApiError in the user's words, OutcomeUnknown when something may have been created; NodeOperationError when
 * the execution was cancelled
 */
export async function send(account: Account, request: Request, organisation?: Organisation): Promise<unknown> {
	let body = await sendPatiently(account, request, organisation);
	if (body === null && request.mayBeMissing && organisation && doubtOrganisation(account)) {
		body = await sendPatiently(account, request, organisation);
	}
	if (!organisation || foreignOrganisationIn(body, organisation.id) === undefined) return body;
	doubtRegistration(userOf(account.form));
	const again = request.method === 'GET' ? await sendPatiently(account, request, organisation) : body;
	const foreign = foreignOrganisationIn(again, organisation.id);
	if (foreign === undefined) return again;
	const advice =
		'Someone works with the same Uphance user in another organisation. Use an Uphance user made for n8n only, one for each organisation.';
	throw uphanceError(
		account,
		request.creates
			? {
					message: `Uphance created ${request.creates.what} in organisation ${foreign} instead of ${named(organisation)}`,
					description: `Delete it there before you run this again. ${advice}`,
				}
			: {
					message: `Uphance answered with records of organisation ${foreign} instead of ${named(organisation)}`,
					description: advice,
				},
	);
}

/** False when the last request registered its organisation: asking again would bring nothing new then. */
export function doubtOrganisation(account: Account): boolean {
	if (!account.justRegistered) doubtRegistration(userOf(account.form));
	return !account.justRegistered;
}

/** Registers an organisation anew without asking for anything else. @throws NodeApiError in the user's words */
export async function register(account: Account, organisation: Organisation): Promise<void> {
	account.registered.delete(organisation.id);
	await sendPatiently(account, undefined, organisation);
}

async function sendPatiently(
	account: Account,
	request: Request | undefined,
	organisation: Organisation | undefined,
): Promise<unknown> {
	const started = Date.now();
	for (let tries = 1; ; tries++) {
		const outcome = await sendOnce(account, request, organisation);
		if (!('failure' in outcome)) return outcome.body;
		const { failure, harmless, doing, registering } = outcome;
		if (failure.status === 404 && request?.mayBeMissing && !registering) return null;
		const now = Date.now();
		const wait = account.oneTry ? undefined : waitBeforeRepeat(failure, tries, harmless, now, Math.random());
		if (wait === undefined) {
			const where = organisation ? named(organisation) : '';
			const purpose = {
				doing,
				registering,
				creates: request?.creates,
				organisation: where,
				tries,
				elapsed: now - started,
				apiUrl: account.form.apiUrl,
			};
			throw uphanceError(account, explain(failure, purpose, now), failure.status, request?.secrets);
		}
		await pause(account, wait);
		// Someone may have switched meanwhile, and what is created elsewhere stays there.
		if (request?.creates) doubtRegistration(userOf(account.form));
	}
}

type Outcome = { body: unknown } | { failure: Failure; harmless: boolean; doing: string; registering: boolean };

async function sendOnce(
	account: Account,
	request: Request | undefined,
	organisation: Organisation | undefined,
): Promise<Outcome> {
	let leave: (() => void) | undefined;
	try {
		leave = organisation && (await turnIn(account, organisation));
		return { body: request && (await sendOverHttp(account, request)) };
	} catch (error) {
		if (account.signal?.aborted) throw cancelled(account, leave && request?.creates);
		const failure = failureIn(error, takeRefusal(account.credential));
		return !request || (organisation && !leave)
			? {
					failure,
					harmless: true,
					doing: `register organisation ${organisation ? named(organisation) : ''}`,
					registering: true,
				}
			: {
					failure,
					harmless: request.method === 'GET' || request.harmless === true,
					doing: request.doing,
					registering: false,
				};
	} finally {
		const mayGoOn = account.signal?.aborted && request && request.method !== 'GET';
		if (leave && mayGoOn) void sleep(patience.settle).then(leave);
		else leave?.();
	}
}

/** In steps, because n8n allows no timer that could be cleared: a cancelled execution ends within one of them. */
export async function pause(account: Account, milliseconds: number): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0; left = end - Date.now()) {
		await sleep(Math.min(left, 200));
		if (account.signal?.aborted) throw cancelled(account);
	}
}
