import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { paginate, paginateBackwards } from '../../transport/pagination';
import { statusOf } from '../status';
import type { PollOptions, PollResult, PollState } from './state';
import { keepNewestIds } from './state';

/**
 * Finds records that were created since the last poll, by their IDs.
 *
 * @throws NodeApiError if a request fails
 */
export async function newRecords(context: IPollFunctions, options: PollOptions, state: PollState): Promise<PollResult> {
	const found = await fetchNew(context, options, state);
	const emitted = found.slice(0, options.maxRecords);
	const recentIds = keepNewestIds([...state.recentIds, ...emitted.map(({ id }) => Number(id))]);
	return { records: emitted.filter(hasStatus(options.statuses)), state: { ...state, recentIds } };
}

/** Returns the new records, ascending by ID. Reads only the pages with new records, and one page if there are none. */
async function fetchNew(
	context: IPollFunctions,
	options: PollOptions,
	{ recentIds }: PollState,
): Promise<IDataObject[]> {
	const { list, client, query, maxRecords } = options;
	const oldest = Math.max(0, (recentIds[0] ?? 0) - 1);
	const isNew = ({ id }: IDataObject) => Number(id) > oldest && !recentIds.includes(Number(id));
	if (!list.supportsSinceId) return await fetchFromNewest(options, oldest, isNew);
	const found: IDataObject[] = [];
	for await (const page of paginate(client, list.recordType, { ...query, since_id: oldest })) {
		if (page.some(({ id }) => Number(id) <= oldest)) {
			warnOnce(
				context,
				`Uphance returned ${list.recordType.plural} that are older than requested, so the end of the list is read instead`,
			);
			return await fetchFromNewest(options, oldest, isNew);
		}
		found.push(...page.filter(isNew));
		if (found.length >= maxRecords) break;
	}
	return found.sort(byId);
}

/** Returns the new records, ascending by ID. Reads pages from the end of the list back to the first known record. */
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

const byId = (a: IDataObject, b: IDataObject): number => Number(a.id) - Number(b.id);

/** Warnings that this process has logged. */
const warned = new Set<string>();

function warnOnce(context: IPollFunctions, text: string): void {
	if (warned.has(text)) return;
	warned.add(text);
	context.logger.warn(`Uphance Polling Trigger: ${text}`);
}
