import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import type { CreationInfo } from '../transport/errorMessages';
import { outcomeUnknownText } from '../transport/errorMessages';
import { OutcomeUnknownError } from '../transport/errors';
import type { RecordType } from '../transport/recordType';
import type { ExistingRecords } from './existingRecords';
import { byId, notListedHint, takeLowest } from './existingRecords';
import { sendWrite } from './write';

/** The record to create, and how to avoid a duplicate. */
export interface CreateOptions {
	recordType: RecordType;
	body: IDataObject;
	creation: CreationInfo;
	/** Returns a record as messages name it, e.g. "order 101 of Barneys". */
	describe: (record: IDataObject) => string;
	/** Set if the record must not be created twice. */
	existing?: ExistingRecords;
}

/** The outcome of one request that creates a record. */
type Outcome =
	| { kind: 'created'; record: IDataObject }
	/** Uphance says that it is done, but not which record it made. */
	| { kind: 'createdWithoutId' }
	| { kind: 'unknown'; error: Error };

/**
 * Creates a record and returns it. With `existing` it looks for the record before, again if the outcome is unknown, and
 * once after the creation; the result then has the field `alreadyExisted`. Within one process, requests with the same
 * key run one after another (docs/design.md: what may be repeated).
 *
 * @returns the record; `{ id: null, created: true }` if Uphance says that it is done but not which record it made
 * @throws OutcomeUnknownError if the record may have been created; NodeApiError if the request fails, or if another
 * process created the same record at the same moment
 */
export async function createOnce(client: UphanceClient, options: CreateOptions): Promise<IDataObject> {
	const { existing } = options;
	if (!existing) {
		const outcome = await post(client, options);
		return outcome.kind === 'created' ? outcome.record : withoutRecord(outcome);
	}
	return await client.runExclusive(existing.key, async () => {
		const before = takeLowest(await existing.find(), options.describe, existing);
		if (before) return { ...before, alreadyExisted: true };
		const outcome = await post(client, options);
		return { ...(await confirm(client, options, existing, outcome)), alreadyExisted: false };
	});
}

/** Returns the record that was created, after a look at what else was created at the same moment. */
async function confirm(
	client: UphanceClient,
	options: CreateOptions,
	existing: ExistingRecords,
	outcome: Outcome,
): Promise<IDataObject> {
	if (outcome.kind !== 'created') return (await recheck(client, options, existing)) ?? withoutRecord(outcome);
	const { record } = outcome;
	// The record exists, whether or not it can be looked for. A UserError says that it is there in another form.
	const found = await existing.find().catch((error: unknown) => (error instanceof UserError ? [] : undefined));
	const [first] = byId(found ?? []);
	if (first && Number(first.id) < Number(record.id)) throw duplicateError(client, options, first, record);
	if (found && !found.some(({ id }) => String(id) === String(record.id))) {
		const hint = notListedHint(options.describe(record), record, existing);
		await client.cachedForExecution('hint: not listed', async () => await Promise.resolve(existing.hint(hint)));
	}
	return record;
}

/** Sends the request once. @throws NodeApiError if Uphance rejects it; NodeOperationError if the execution was cancelled */
async function post(client: UphanceClient, { recordType, body, creation }: CreateOptions): Promise<Outcome> {
	const request = { action: `create ${creation.noun}`, method: 'POST', path: recordType.path, body, creation } as const;
	const answer = await sendWrite(client, request, recordType).catch((error: unknown) => {
		if (error instanceof OutcomeUnknownError) return error;
		throw error;
	});
	if (answer instanceof Error) return { kind: 'unknown', error: answer };
	if (answer?.kind === 'record') return { kind: 'created', record: answer.record };
	// Without a word nobody knows: a proxy, too, answers 200 with nothing.
	if (answer?.word) return { kind: 'createdWithoutId' };
	return { kind: 'unknown', error: client.toError(outcomeUnknownText(creation, 200)) };
}

/** Returns what is known of a record that nobody has seen. @throws OutcomeUnknownError if it may not exist */
function withoutRecord(outcome: Exclude<Outcome, { kind: 'created' }>): IDataObject {
	if (outcome.kind === 'unknown') throw outcome.error;
	return { id: null, created: true };
}

/**
 * Looks for a record that the answer did not name, at each of the times in `limits.recheckAfterMs`. Returns undefined if
 * it is not found, or if the execution is cancelled meanwhile.
 */
async function recheck(
	client: UphanceClient,
	options: CreateOptions,
	existing: ExistingRecords,
): Promise<IDataObject | undefined> {
	let waited = 0;
	for (const time of client.limits.recheckAfterMs) {
		const isCancelled = await client.sleep(time - waited).then(
			() => false,
			() => true,
		);
		if (isCancelled) return undefined;
		waited = time;
		const records = await existing.find().catch(() => []); // Uphance may still be down
		const found = takeLowest(records, options.describe, existing);
		if (found) return found;
	}
	return undefined;
}

/** Tells of two records that two processes created at the same moment. The lower id goes on in the other process. */
const duplicateError = (
	client: UphanceClient,
	{ creation, describe }: CreateOptions,
	first: IDataObject,
	own: IDataObject,
): Error =>
	client.toError({
		message: `Another process created ${creation.noun} at the same moment: ${describe(first)} (ID ${String(first.id)}) and ${describe(own)} (ID ${String(own.id)})`,
		description: `Delete the one with ID ${String(own.id)} in Uphance. The other execution continues with ID ${String(first.id)}.`,
	});
