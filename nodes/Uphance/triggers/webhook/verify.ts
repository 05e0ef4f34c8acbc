import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { findById } from '../../operations/find';
import { resources } from '../../resources';
import { openConnection } from '../../transport/client';
import type { UphanceEvent } from './parseEvent';

/**
 * The record as Uphance has it now, so that a forged body injects nothing (design 5: one try, at most ten seconds).
 *
 * @returns undefined when Uphance does not know it, or cannot be asked for records of this kind
 * @throws when Uphance could not be asked: it should deliver again
 */
export async function fetched(
	context: IWebhookFunctions,
	{ resource, action, id }: UphanceEvent,
): Promise<IDataObject | undefined> {
	const number = idOf(id);
	if (number === undefined) return undefined;
	if (action === 'delete') return { id: number };
	const kind = resources.find(({ records }) => records?.kind.key === resource)?.records?.kind;
	if (!kind) return undefined;
	const connection = await openConnection(context, { oneTry: true });
	try {
		return await findById(connection, kind, number);
	} finally {
		await connection.close();
	}
}

const idOf = (id: number | string): number | undefined => (/^[1-9]\d{0,14}$/.test(String(id)) ? Number(id) : undefined);
