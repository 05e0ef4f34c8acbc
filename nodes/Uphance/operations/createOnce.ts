import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { explainUnknown } from '../transport/errorMessages';
import { patience } from '../transport/limits';
import type { Creating } from '../transport/request';
import type { RecordKind } from '../transport/recordType';
import { isDataObject, recordsIn } from '../transport/recordsIn';
import { OutcomeUnknown } from '../transport/errors';

export interface Creation {
	kind: RecordKind;
	body: IDataObject;
	creates: Creating;
	/** Where it must not be created twice: how to find it, and what all creations of the same thing have in common. */
	unlessExists?: { key: string; find(): Promise<IDataObject | undefined> };
}

/**
 * Creates a record. With `unlessExists` it is looked for before and, after an unknown outcome, again; creations of the
 * same key queue in this process, and the record tells whether it was there before (design 5, users.md A4).
 *
 * @throws OutcomeUnknown when it may have been created; NodeApiError otherwise
 */
export async function createOnce(uphance: Connection, creation: Creation): Promise<IDataObject> {
	const { unlessExists } = creation;
	if (!unlessExists) return await post(uphance, creation);
	return await uphance.inQueue(unlessExists.key, async () => {
		const existing = await unlessExists.find();
		if (existing) return { ...existing, alreadyExisted: true };
		const created = await post(uphance, creation).catch((error: unknown) => {
			if (error instanceof OutcomeUnknown) return error;
			throw error;
		});
		const isKnown = !(created instanceof OutcomeUnknown) && created.id !== undefined;
		const record = isKnown
			? created
			: await lookAgain(uphance, unlessExists.find).catch((error: unknown) => {
					throw created instanceof OutcomeUnknown ? created : error; // cancelled while it may exist
				});
		if (record) return { ...record, alreadyExisted: false };
		throw created instanceof OutcomeUnknown ? created : uphance.refusal(explainUnknown(creation.creates, 200));
	});
}

async function post(uphance: Connection, { kind, body, creates }: Creation): Promise<IDataObject> {
	const doing = `create ${creates.what}`;
	const answer = await uphance.send({ doing, method: 'POST', path: kind.path, body, creates });
	const records = recordsIn(answer, kind);
	if (records?.[0]) return records[0];
	// What Uphance answers is not documented: { "Status": "Created" }, say, is taken as it is, unless it speaks of a failure.
	if (isDataObject(answer) && Object.keys(answer).length > 0 && !isRefusal(answer, kind)) return answer;
	throw uphance.refusal(explainUnknown(creates, 200));
}

const isRefusal = (answer: IDataObject, { key, listKey }: RecordKind): boolean =>
	[key, listKey, 'error', 'errors'].some((name) => name in answer) ||
	Object.values(answer).some((value) => value === false || /fail|error|refuse|invalid/i.test(String(value)));

async function lookAgain(
	uphance: Connection,
	find: () => Promise<IDataObject | undefined>,
): Promise<IDataObject | undefined> {
	let waited = 0;
	for (const time of patience.lookAgain) {
		await uphance.pause(time - waited);
		waited = time;
		const found = await find().catch(() => undefined); // still down, perhaps
		if (found) return found;
	}
	return undefined;
}
