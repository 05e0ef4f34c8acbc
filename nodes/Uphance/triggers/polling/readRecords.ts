import type { IDataObject } from 'n8n-workflow';
import { SeenRecords } from '../../transport/listOrder';
import { paginateBackwards, paginateForwards } from '../../transport/pagination';
import type { PollOptions, PollState } from './state';

/**
 * Yields the records above an ID, oldest first. Ends early when the time of the poll is over, if at least one page was
 * read. An empty list is asked for again.
 *
 * @param afterId 0 for all records
 * @param neededId if the list can only be read from its end, the time must suffice down to this ID
 * @throws NodeApiError if a request fails, if the list is empty although the state knows records of it, or if the
 * time does not suffice; NodeOperationError if the time was over before anything was read
 */
export async function* readAfter(
	poll: PollOptions,
	state: PollState,
	afterId: number,
	neededId: number,
): AsyncGenerator<IDataObject[]> {
	const { client, list } = poll;
	// An ID may also be that of the option Start After ID, which no record needs to have.
	const knowsRecords = Object.keys(state.snapshots).length > 0 || state.recentIds.length > 1;
	for (let attempt = 1; attempt <= 2; attempt++) {
		if (attempt > 1) await client.sleep(client.limits.initialDelayMs);
		let count = 0;
		for await (const page of readAscending(poll, afterId, neededId)) {
			count += page.length;
			yield page;
		}
		if (count > 0 || !knowsRecords) return;
	}
	throw client.toError({
		message: `Uphance returned no ${list.recordType.plural}, although it had some before`,
		description:
			'The trigger keeps what it knows and goes on with the next poll. Check what the Uphance user of the credential may see. If all were deleted in Uphance, this ends when the next one is created.',
	});
}

async function* readAscending(poll: PollOptions, afterId: number, neededId: number): AsyncGenerator<IDataObject[]> {
	const { client, list, query } = poll;
	const seen = new SeenRecords();
	if (list.recordType.supportsSinceId) {
		let lastId = afterId;
		let isAscending = true;
		for await (const page of inTime(poll, paginateForwards(client, list.recordType, { ...query, since_id: afterId }))) {
			for (const { id } of page) {
				isAscending &&= Number(id) > lastId;
				lastId = Number(id);
			}
			if (!isAscending) break;
			yield page.filter(seen.add);
		}
		if (isAscending) return;
		poll.warnOnce(
			`Uphance did not list the ${list.recordType.plural} after the requested ID in ascending order, so the end of the list is read instead`,
		);
	}
	const records: IDataObject[] = [];
	for await (const page of inTime(poll, paginateBackwards(client, list.recordType, query))) {
		records.push(...page);
		if (page.some(({ id }) => Number(id) <= afterId + 1)) break;
	}
	records.sort(byId);
	const lowestId = Number(records[0]?.id);
	if (poll.isOutOfTime() && lowestId > afterId + 1) {
		poll.warnOnce(`There was no time to check all watched ${list.recordType.plural}, only the newest were checked`);
	}
	if (poll.isOutOfTime() && lowestId > neededId + 1) {
		throw client.toError({
			message: `There are more new ${list.recordType.plural} than one poll can read`,
			description: `Uphance cannot list them from an ID on, and n8n gives a poll ${client.limits.deadlineMs / 1000} seconds. The next poll tries again, and nothing is lost. If this keeps happening, replace the trigger by a new one, which starts from now, and fetch the others with Get Many.`,
		});
	}
	yield records.filter((record) => Number(record.id) > afterId && seen.add(record));
}

/**
 * Returns the newest records, oldest first; fewer than asked for if the time of the poll is over.
 *
 * @throws NodeApiError if a request fails; NodeOperationError if the time was over before anything was read
 */
export async function readNewest(poll: PollOptions, count: number): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of inTime(poll, paginateBackwards(poll.client, poll.list.recordType, poll.query))) {
		records.push(...page);
		if (records.length >= count) break;
	}
	return records.sort(byId).slice(-count);
}

/** Yields pages until the time of the poll is over. An error after that does not matter, unless nothing was read. */
async function* inTime(poll: PollOptions, pages: AsyncGenerator<IDataObject[]>): AsyncGenerator<IDataObject[]> {
	let hasRead = false;
	while (!hasRead || !poll.isOutOfTime()) {
		const next = await pages.next().catch((error: unknown) => {
			if (!hasRead || !poll.isOutOfTime()) throw error;
			return undefined;
		});
		if (!next || next.done) return;
		const page: IDataObject[] = next.value;
		if (!page.every(({ id }) => Number.isSafeInteger(Number(id)) && Number(id) > 0)) {
			throw poll.client.toError({
				message: `Uphance returned ${poll.list.recordType.plural} without a usable ID`,
				description: 'So the trigger cannot tell which are new. Contact Uphance support.',
			});
		}
		yield page;
		hasRead = true;
	}
}

const byId = (a: IDataObject, b: IDataObject): number => Number(a.id) - Number(b.id);
