import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { paginate, paginateBackwards } from '../../transport/pagination';
import type { PollOptions, PollResult, PollState } from './state';
import { keepNewestIds } from './state';
import { statusOf } from '../status';

/** Records with ids that were not there before (users.md C1, C3). */
export async function newRecords(context: IPollFunctions, options: PollOptions, state: PollState): Promise<PollResult> {
	const newOnes = await fetchNew(context, options, state);
	const emitted = newOnes.slice(0, options.maxRecords);
	const recent = keepNewestIds([...state.recentIds, ...emitted.map(({ id }) => Number(id))]);
	return { records: emitted.filter(hasStatus(options.statuses)), state: { ...state, recentIds: recent } };
}

/** Ascending. Cost grows with what is new: a quiet poll of a list that knows `since_id` is one request. */
async function fetchNew(
	context: IPollFunctions,
	options: PollOptions,
	{ recentIds: recent }: PollState,
): Promise<IDataObject[]> {
	const { list, client, query, maxRecords } = options;
	const oldest = Math.max(0, (recent[0] ?? 0) - 1);
	const isNew = ({ id }: IDataObject) => Number(id) > oldest && !recent.includes(Number(id));
	if (!list.supportsSinceId) return await fetchFromNewest(options, oldest, isNew);
	const found: IDataObject[] = [];
	for await (const page of paginate(client, list.recordType, { ...query, since_id: oldest })) {
		if (page.some(({ id }) => Number(id) <= oldest)) {
			warnOnce(
				context,
				`${list.recordType.plural} come although they are older than asked for; the end of the list is read instead`,
			);
			return await fetchFromNewest(options, oldest, isNew);
		}
		found.push(...page.filter(isNew));
		if (found.length >= maxRecords) break;
	}
	return found.sort(byId);
}

async function fetchFromNewest(
	{ list, client, query }: PollOptions,
	oldest: number,
	isNew: (record: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		found.push(...page.filter(isNew));
		if (page.some(({ id }) => Number(id) <= oldest)) break;
	}
	return found.sort(byId);
}

const hasStatus =
	(statuses: string[]) =>
	(record: IDataObject): boolean =>
		statuses.length === 0 || statuses.includes(statusOf(record));

const byId = (one: IDataObject, other: IDataObject): number => Number(one.id) - Number(other.id);

const warned = new Set<string>();

function warnOnce(context: IPollFunctions, text: string): void {
	if (warned.has(text)) return;
	warned.add(text);
	context.logger.warn(`Uphance Polling Trigger: ${text}`);
}
