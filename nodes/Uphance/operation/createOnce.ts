import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/connection';
import { explainUnknown } from '../transport/explain';
import { patience } from '../transport/patience';
import type { Creating } from '../transport/account';
import type { RecordKind } from '../transport/recordKind';
import { isDataObject, recordsIn } from '../transport/recordsIn';
import { OutcomeUnknown } from '../transport/uphanceError';

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
		const created = await post(uphance, creation).catch(async (error: unknown) => {
			const late = error instanceof OutcomeUnknown ? await lookAgain(uphance, unlessExists.find) : undefined;
			if (!late) throw error;
			return late;
		});
		const record = created.id === undefined ? await lookAgain(uphance, unlessExists.find) : created;
		return { ...(record ?? created), alreadyExisted: false };
	});
}

async function post(uphance: Connection, { kind, body, creates }: Creation): Promise<IDataObject> {
	const doing = `create ${creates.what}`;
	const answer = await uphance.send({ doing, method: 'POST', path: kind.path, body, creates });
	const records = recordsIn(answer, kind);
	if (records?.[0]) return records[0];
	// What Uphance answers is not documented: an object without the record, { "Status": "Created" } say, is taken as it is.
	const isAnswer = isDataObject(answer) && Object.keys(answer).length > 0;
	if (isAnswer && ![kind.key, kind.listKey, 'error', 'errors'].some((name) => name in answer)) return answer;
	throw uphance.refusal(explainUnknown(creates, 200));
}

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
