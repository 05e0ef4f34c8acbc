import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { parseOrganisation } from '../../parameters/fields';
import { additionalJson, parseJsonObject } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { keyField, parseOwnKey } from './idempotencyKey';

/**
 * Uphance counts one key once and answers the second item well, so that its movement would be lost. All items with the
 * key are refused: if the first one counted, it would count again with the key that the user then gives it. Other runs
 * of the node are not compared, because the same key is on purpose there: Retry On Fail, or a workflow that runs again.
 *
 * @throws UserError if another input item has the same key in the same organisation
 */
export async function assertOnlyKey(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
	key: string,
): Promise<void> {
	const groups = await client.cachedForExecution('items by key', async () => await groupItems(context, client));
	const other = groups.get(groupName(client, key))?.find((each) => each !== item);
	if (other === undefined) return;
	const [first, second] = [item, other].map((each) => each + 1).sort((a, b) => a - b);
	throw new UserError(`Input items ${first} and ${second} have the same ${keyField.displayName} '${key}'`, {
		description: `Uphance would count one of them only. Use a key that differs for each movement, or leave '${keyField.displayName}' empty so that the node makes one. If both are the same movement, remove one before this node (Remove Duplicates). Nothing was sent for this item.`,
	});
}

/** Returns the input items by organisation and key. One that cannot be read is left out: it says so when it is run. */
async function groupItems(context: IExecuteFunctions, client: UphanceClient): Promise<Map<string, number[]>> {
	const groups = new Map<string, number[]>();
	for (const item of context.getInputData().keys()) {
		try {
			const additional = context.getNodeParameter('additionalFields', item, {});
			const key = parseOwnKey(additional, parseJsonObject(additionalJson, additional)[keyField.name]);
			if (key === '') continue;
			const organisation = parseOrganisation(context.getNodeParameter('options', item, {}));
			const name = groupName(await client.forOrganisation(organisation), key);
			const group = groups.get(name);
			if (group) group.push(item);
			else groups.set(name, [item]);
		} catch {
			continue;
		}
	}
	return groups;
}

const groupName = ({ organisation }: UphanceClient, key: string): string => JSON.stringify([organisation.id, key]);
