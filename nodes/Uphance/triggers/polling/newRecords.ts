import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { pages, pagesFromNewest } from '../../transport/pagination';
import type { PollState } from './state';
import { newestIds } from './state';
import { statusOf } from '../statuses';
import type { Polling, Watch } from './watch';

/** Records with ids that were not there before (users.md C1, C3). */
export async function newRecords(context: IPollFunctions, watch: Watch, state: PollState): Promise<Polling> {
	const fresh = await unseen(context, watch, state);
	const taken = fresh.slice(0, watch.most);
	const recent = newestIds([...state.recent, ...taken.map(({ id }) => Number(id))]);
	return { records: taken.filter(hasStatus(watch.statuses)), state: { ...state, recent } };
}

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

const hasStatus =
	(statuses: string[]) =>
	(record: IDataObject): boolean =>
		statuses.length === 0 || statuses.includes(statusOf(record));

const byId = (one: IDataObject, other: IDataObject): number => Number(one.id) - Number(other.id);

const logged = new Set<string>();

function logOnce(context: IPollFunctions, text: string): void {
	if (logged.has(text)) return;
	logged.add(text);
	context.logger.warn(`Uphance Polling Trigger: ${text}`);
}
