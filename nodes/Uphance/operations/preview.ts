import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseBoolean } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import { preview } from '../transport/preview';
import type { Operation } from './operation';

/** The option that shows what would be sent. Every operation that creates or changes records has it. */
export const previewField: INodeProperties = {
	displayName: 'Preview Only',
	name: 'preview',
	type: 'boolean',
	default: true,
	description:
		'Whether to look up and check everything, and then output the requests instead of sending them. With an expression, one setting can switch a whole workflow to preview.',
};

/**
 * Returns whether an operation is only to show what it would send.
 *
 * @throws UserError if the expression returns neither true nor false, so that nothing is sent by mistake
 */
export const isPreview = ({ writes }: Operation, options: IDataObject): boolean =>
	writes === true && parseBoolean(previewField, options);

/**
 * Runs an operation for one input item without sending what would create or change something.
 *
 * @returns one item with the requests; what the operation returned, marked as a preview, if it would send none
 * @throws what the operation throws
 */
export async function runPreview(
	client: UphanceClient,
	run: (client: UphanceClient) => Promise<IDataObject | IDataObject[]>,
): Promise<IDataObject[]> {
	const { requests, result = [] } = await preview(client, run);
	if (requests.length > 0) return [{ preview: true, requests }];
	return [result].flat().map((record) => ({ preview: true, ...record }));
}

/** Returns the text below the output. @param previews how many of the items were only looked at */
export const previewHint = (previews: number, items: number): string =>
	previews === items
		? "'Preview Only' is on: nothing was sent that creates or changes something in Uphance. To send it, turn it off under Options."
		: `'Preview Only' is on for ${previews} of ${items} items: for these, nothing was sent that creates or changes something in Uphance.`;
