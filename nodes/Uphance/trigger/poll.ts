import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError, UserError } from 'n8n-workflow';
import { createHash } from 'crypto';
import { queryOf } from '../operation/filters';
import { idNumber } from '../operation/typedNumber';
import { organisationIn } from '../operation/organisationField';
import { typedText } from '../operation/typedText';
import { named } from '../session/refused';
import type { Connection } from '../transport/connection';
import { openConnection } from '../transport/connection';
import { pages, pagesFromNewest } from '../transport/pages';
import { isDataObject } from '../transport/recordsIn';
import type { Polled } from './polled';
import { polled } from './polled';
import type { PollState } from './pollState';
import { newestIds, overlap, stateIn } from './pollState';
import { statusOf, statusesIn } from './statuses';

/** One poll: what it watches and how. */
interface Watch {
	uphance: Connection;
	list: Polled;
	query: IDataObject;
	lookBack: number;
	/** At most so many records at once; the rest comes with the next poll. */
	most: number;
	statuses: string[];
}

/** Nodes whose poll is still running: n8n would start a second from the same cursor. */
const running = new Set<string>();

/** What is new since the last poll; null when nothing is. The state moves in the last line, after all went well. */
export async function poll(context: IPollFunctions): Promise<IDataObject[] | null> {
	const node = `${String(context.getWorkflow().id)} ${context.getNode().id}`;
	const isTest = context.getMode() === 'manual';
	if (isTest) return await pollOnce(context, isTest);
	if (running.has(node)) return null;
	running.add(node);
	try {
		return await pollOnce(context, isTest);
	} finally {
		running.delete(node);
	}
}

async function pollOnce(context: IPollFunctions, isTest: boolean): Promise<IDataObject[] | null> {
	const list = chosenList(context);
	const filters = objectIn(context, 'filters');
	const options = objectIn(context, 'options');
	const stored = context.getWorkflowStaticData('node');
	const changed = context.getNodeParameter('watchFor', 'created') === 'createdOrUpdated';
	const word = `${list.option.value} ${changed ? 'changed' : 'new'}`;
	// The first poll of a list is part of publishing, which somebody waits for.
	const isFirst = !isDataObject(stored.polled) || !String(stored.polled.key).startsWith(word);
	const connection = await openConnection(context, { unlimited: !isTest && !isFirst });
	try {
		const uphance = await connection.in(organisationIn(options));
		const watch: Watch = {
			uphance,
			list,
			query: queryOf(list.filters, filters, context.getTimezone()),
			lookBack: wholeNumber('Watch the Newest', options.lookBack ?? 500, 2_000),
			most: wholeNumber('Max Records per Poll', options.maxRecords ?? 1_000, 10_000),
			statuses: statusesIn(options.status),
		};
		const shape = context.getNodeParameter('simplify', false) === true && list.simplify ? list.simplify : undefined;
		if (isTest) return [shaped(await latest(watch, context.getNode()), shape)];

		const address = String((await context.getCredentials('uphanceApi')).apiUrl ?? '');
		const key = `${word} ${hashOf([uphance.organisation.id, address, watch.query])}`;
		const known = stateIn(stored.polled, key);
		// An id to start after is meant for the list that was chosen with it, not for one that is chosen later.
		const after = isDataObject(stored.polled) ? undefined : options.startAfterId;
		const start = known ?? (await begin(watch, key, after, changed));
		const { records, state } =
			known || hasStart(after)
				? await (changed ? newOrChanged(watch, start) : created(context, watch, start))
				: { records: [], state: start };
		const items = records.map((record) => shaped(record, shape));
		stored.polled = { ...state };
		return items.length > 0 ? items : null;
	} finally {
		await connection.close();
	}
}

interface Polling {
	/** Oldest first. */
	records: IDataObject[];
	state: PollState;
}

/** Records with ids that were not there before (users.md C1, C3). */
async function created(context: IPollFunctions, watch: Watch, state: PollState): Promise<Polling> {
	const fresh = await unseen(context, watch, state);
	const taken = fresh.slice(0, watch.most);
	const recent = newestIds([...state.recent, ...taken.map(({ id }) => Number(id))]);
	return { records: taken.filter(hasStatus(watch.statuses)), state: { ...state, recent } };
}

/** The same, and records among the newest that look different from the last time. */
async function newOrChanged(watch: Watch, state: PollState): Promise<Polling> {
	const { list, uphance, query, lookBack } = watch;
	const newest = Math.max(0, ...state.recent);
	const from = Math.min(newest + 1, state.left ?? Infinity);
	const read: IDataObject[] = [];
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		read.push(...page);
		if (read.length >= lookBack && page.every(({ id }) => Number(id) < from)) break;
	}
	// An id that appears late is new as well, as long as it is among those that are watched.
	const watchedFrom = Math.min(from - 1, ...Object.keys(state.seen).map(Number));
	const seen: PollState['seen'] = {};
	const records: IDataObject[] = [];
	let left: number | undefined;
	for (const record of read.reverse()) {
		const { [String(record.id)]: before } = state.seen;
		const isChange = before ? before.version !== versionOf(record) : Number(record.id) > watchedFrom;
		const isDue = isChange && isWanted(watch, record, before?.statuses);
		const isTaken = isDue && records.length < watch.most;
		if (isTaken) records.push(record);
		if (isDue && !isTaken) left ??= Number(record.id);
		// What is left for the next poll must look as it does now, then, too.
		if (isDue && !isTaken && !before) continue;
		seen[String(record.id)] =
			isDue && !isTaken && before ? before : seenAs(record, before?.statuses, isTaken || !isChange);
	}
	// One that moved to a page that was read before is not met this time.
	const lowest = Number(read[0]?.id ?? Infinity);
	for (const [id, each] of Object.entries(state.seen)) if (Number(id) > lowest) seen[id] ??= each;
	const ids = Object.keys(seen).map(Number);
	const oldest = Math.min(ids.at(-lookBack) ?? 0, left ?? Infinity);
	const kept = Object.fromEntries(Object.entries(seen).filter(([id]) => Number(id) >= oldest));
	return { records, state: { ...state, recent: newestIds([...state.recent, ...ids]), seen: kept, left } };
}

function isWanted({ statuses }: Watch, record: IDataObject, announced: string[] = []): boolean {
	const status = statusOf(record);
	return statuses.length === 0 || (statuses.includes(status) && !announced.includes(status));
}

const seenAs = (record: IDataObject, announced: string[] = [], counts: boolean): PollState['seen'][string] => ({
	version: versionOf(record),
	statuses: counts ? [...new Set([...announced, statusOf(record)])] : announced,
});

/** Ascending. Cost grows with what is new: a quiet poll of a list that knows `since_id` is one request. */
async function unseen(context: IPollFunctions, watch: Watch, { recent }: PollState): Promise<IDataObject[]> {
	const { list, uphance, query, most } = watch;
	const oldest = Math.max(0, (recent[0] ?? 0) - 1);
	const isNew = ({ id }: IDataObject) => Number(id) > oldest && !recent.includes(Number(id));
	if (!list.afterId) return await fromTheEnd(watch, oldest, isNew);
	const found: IDataObject[] = [];
	for await (const page of pages(uphance, list.kind, { ...query, since_id: oldest })) {
		if (page.some(({ id }) => Number(id) <= oldest)) {
			logOnce(
				context,
				`${list.kind.plural} come although they are older than asked for; the end of the list is read instead`,
			);
			return await fromTheEnd(watch, oldest, isNew);
		}
		found.push(...page.filter(isNew));
		if (found.length >= most) break;
	}
	return found.sort(byId);
}

async function fromTheEnd(
	{ list, uphance, query }: Watch,
	oldest: number,
	isNew: (record: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		found.push(...page.filter(isNew));
		if (page.some(({ id }) => Number(id) <= oldest)) break;
	}
	return found.sort(byId);
}

/** From now, or from an id: the newest ids are found without reading every page. */
async function begin(watch: Watch, key: string, startAfterId: unknown, changed: boolean): Promise<PollState> {
	if (hasStart(startAfterId)) {
		const after = typedText('Start After ID', startAfterId);
		return { key, recent: [after === '0' ? 0 : idNumber("'Start After ID'", after)], seen: {} };
	}
	const { list, uphance, query, lookBack } = watch;
	const read: IDataObject[] = [];
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		read.push(...page);
		if (read.length >= (changed ? lookBack : overlap)) break;
	}
	const seen: PollState['seen'] = {};
	if (changed) {
		for (const record of read.reverse()) {
			seen[String(record.id)] = { version: versionOf(record), statuses: [statusOf(record)] };
		}
	}
	return { key, recent: newestIds(read.map(({ id }) => Number(id))), seen };
}

/** For a test in the editor: shows what the workflow will get, and moves nothing. */
async function latest({ uphance, list, query }: Watch, node: INode): Promise<IDataObject> {
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		if (page[0]) return page[0];
	}
	throw new NodeOperationError(node, `There are no ${list.kind.plural} yet in ${named(uphance.organisation)}`, {
		description: 'Create one in Uphance and test again. A published workflow starts with the next one by itself.',
	});
}

const hasStart = (typed: unknown): boolean => typed !== undefined && String(typed).trim() !== '';

function chosenList(context: IPollFunctions): Polled {
	const chosen: unknown = context.getNodeParameter('triggerOn');
	const list = polled.find(({ option }) => option.value === chosen);
	if (list) return list;
	throw new UserError(`This version of the node does not know '${String(chosen)}'`, {
		description: "Choose 'Trigger On' again, or install the newest version of n8n-nodes-uphance.",
	});
}

function objectIn(context: IPollFunctions, name: string): IDataObject {
	const value: unknown = context.getNodeParameter(name, {});
	return isDataObject(value) ? value : {};
}

function wholeNumber(label: string, typed: unknown, highest: number): number {
	const number = Number(typed);
	if (Number.isInteger(number) && number >= 1 && number <= highest) return number;
	throw new UserError(`'${label}' must be a whole number from 1 to ${highest}, not '${String(typed)}'`, {
		description: 'Correct it, or remove the option.',
	});
}

const shaped = (record: IDataObject, shape: Polled['simplify']): IDataObject => (shape ? shape(record) : record);

const hasStatus =
	(statuses: string[]) =>
	(record: IDataObject): boolean =>
		statuses.length === 0 || statuses.includes(statusOf(record));

const byId = (one: IDataObject, other: IDataObject): number => Number(one.id) - Number(other.id);

const hashOf = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** `updated_at` and the status, which may change without it; a hash where there is none. */
const versionOf = (record: IDataObject): string =>
	typeof record.updated_at === 'string' ? `${record.updated_at} ${statusOf(record)}` : hashOf(record);

const logged = new Set<string>();

function logOnce(context: IPollFunctions, text: string): void {
	if (logged.has(text)) return;
	logged.add(text);
	context.logger.warn(`Uphance Polling Trigger: ${text}`);
}
