import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseCredential } from '../../auth/credential';
import { getProperty, isDataObject } from '../../http/json';
import type { Limits } from '../../http/limits';
import { defaultLimits } from '../../http/limits';
import { formatOrganisation } from '../../organisation/organisations';
import { parseOrganisation } from '../../parameters/fields';
import { buildQuery } from '../../parameters/filters';
import { parseCount } from '../../parameters/numbers';
import { createClient } from '../../transport/client';
import { paginateBackwards } from '../../transport/pagination';
import { hasStatus, parseStatuses } from '../status';
import { changedRecords } from './changedRecords';
import { createInitialState, isSet } from './initialState';
import { newRecords } from './newRecords';
import type { PollableList } from './pollableLists';
import { findPollableList } from './pollableLists';
import { parseState } from './state';
import type { PollOptions } from './state';
import { hash } from './version';

/**
 * Nodes whose poll is running; each poll ends with its time. n8n can start the next poll meanwhile, which would start
 * from the same state. Only n8n's durable scheduler, which is off by default, has a lease for each poll.
 */
const inFlight = new Set<string>();

const countAdvice = 'Correct it, or remove the option.';

/** Warnings that this process has logged. They name nothing but a list, so there are a few for each list. */
const warned = new Set<string>();

/**
 * Returns the records that are new, or changed, since the last poll, oldest first. Returns null if there are none, or if
 * the previous poll of the node is still running. In a test run it returns the newest record and leaves the state as it
 * is. The state is stored only after everything else has succeeded.
 *
 * @throws UserError if a parameter cannot be used; NodeApiError if a request fails; NodeOperationError in a test
 * run if the list is empty, and if there was no time to read anything
 */
export async function poll(context: IPollFunctions, limits = defaultLimits): Promise<IDataObject[] | null> {
	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const isTest = context.getMode() === 'manual';
	if (isTest) return await pollOnce(context, isTest, limits);
	if (inFlight.has(node)) return null;
	inFlight.add(node);
	try {
		return await pollOnce(context, isTest, limits);
	} finally {
		inFlight.delete(node);
	}
}

async function pollOnce(
	context: IPollFunctions,
	isTest: boolean,
	limits: Readonly<Limits>,
): Promise<IDataObject[] | null> {
	const list = findPollableList(context.getNodeParameter('triggerOn'));
	const filters = getObjectParameter(context, 'filters');
	const options = getObjectParameter(context, 'options');
	const changed = context.getNodeParameter('watchFor', 'created') === 'createdOrUpdated';
	const deadlineMs = isTest ? limits.deadlineMs : pollBudget(context, limits);
	// The rest of the time is for the request in flight, and for the organisation that is registered again.
	const endsAt = Date.now() + deadlineMs * 0.9;
	const ownClient = await createClient(context, { limits: { ...limits, deadlineMs } });
	try {
		const client = await ownClient.forOrganisation(parseOrganisation(options));
		const pollOptions: PollOptions = {
			client,
			list,
			query: buildQuery(list.filters, filters, context.getTimezone()),
			lookBack: parseCount('Watch the Newest', options.lookBack ?? 500, countAdvice, 2_000),
			maxRecords: parseCount('Max Records per Poll', options.maxRecords ?? 1_000, countAdvice, 10_000),
			statuses: parseStatuses(options.status),
			isOutOfTime: () => Date.now() >= endsAt,
			warnOnce: (text) => {
				if (!warned.has(text)) context.logger.warn(`Uphance Polling Trigger: ${text}`);
				warned.add(text);
			},
		};
		const simplify = context.getNodeParameter('simplify', false) === true && list.simplify ? list.simplify : undefined;
		if (isTest) return [applySimplify(await fetchLatest(pollOptions, context.getNode()), simplify)];

		const stored = context.getWorkflowStaticData('node');
		const { apiUrl } = parseCredential(await context.getCredentials('uphanceApi'));
		const prefix = `${list.option.value} ${changed ? 'changed' : 'new'}`;
		const key = `${prefix} ${hash([client.organisation.id, apiUrl, pollOptions.query])}`;
		const storedState = parseState(stored.polled, key);
		// Start After ID belongs to the list that was selected with it. It does not count for a list that is selected later.
		const startAfterId = isDataObject(stored.polled) ? undefined : options.startAfterId;
		const previousState = storedState ?? (await createInitialState(pollOptions, key, startAfterId, changed));
		const { records, state } =
			storedState || isSet(startAfterId)
				? await (changed ? changedRecords : newRecords)(pollOptions, previousState)
				: { records: [], state: previousState };
		const items = records.map((record) => applySimplify(record, simplify));
		stored.polled = { ...state };
		return items.length > 0 ? items : null;
	} finally {
		await ownClient.restoreOrganisation();
	}
}

/** Returns the milliseconds that a poll may take. Older versions of n8n, and of its types, do not tell. */
function pollBudget(context: IPollFunctions, limits: Readonly<Limits>): number {
	const getPollBudgetMs = getProperty(context, 'getPollBudgetMs');
	return typeof getPollBudgetMs === 'function' ? Number(getPollBudgetMs.call(context)) : limits.pollBudgetMs;
}

/**
 * Returns the newest record for a test run: among those that a poll watches, the newest with a selected status, if there
 * is one.
 *
 * @throws NodeOperationError if the list is empty; NodeApiError if a request fails
 */
async function fetchLatest(poll: PollOptions, node: INode): Promise<IDataObject> {
	const { client, list, query, statuses, lookBack } = poll;
	let newest: IDataObject | undefined;
	let count = 0;
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		newest ??= page[0];
		const found = page.find((record) => hasStatus(record, statuses));
		if (found) return found;
		if ((count += page.length) >= lookBack) break;
	}
	if (newest) return newest;
	throw new NodeOperationError(
		node,
		`There are no ${list.recordType.plural} yet in ${formatOrganisation(client.organisation)}`,
		{
			description: 'Create one in Uphance and test again. A published workflow starts with the next one automatically.',
		},
	);
}

function getObjectParameter(context: IPollFunctions, name: string): IDataObject {
	const value: unknown = context.getNodeParameter(name, {});
	return isDataObject(value) ? value : {};
}

const applySimplify = (record: IDataObject, simplify: PollableList['simplify']): IDataObject =>
	simplify ? simplify(record) : record;
