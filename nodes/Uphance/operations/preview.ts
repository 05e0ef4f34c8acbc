import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject, parseJson } from '../http/json';
import { parseBoolean } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import type { ApiRequest } from '../transport/sendWithRetry';
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

/**
 * Runs a task with a client that sends no request that creates or changes something. All other requests go out: sign-in,
 * registration of the organisation, look-ups. A request that changes a record (PUT) counts as done, so that the next one
 * is seen too. One that creates a record (POST) ends the task, because what follows would need that record.
 *
 * @returns the requests as they would go out, with secrets masked, and what the task returned; `result` is undefined if
 * the task was ended
 * @throws what the task throws
 */
async function preview<T>(
	client: UphanceClient,
	task: (client: UphanceClient) => Promise<T>,
): Promise<{ requests: IDataObject[]; result?: T }> {
	const requests: IDataObject[] = [];
	const end = new UserError('The preview ends here');
	const withoutWrites = (own: UphanceClient): UphanceClient => ({
		...own,
		request: async (apiRequest) => {
			if (apiRequest.method === 'GET') return await own.request(apiRequest);
			requests.push(describeRequest(apiRequest));
			if (apiRequest.method === 'POST') throw end;
			return '';
		},
		forOrganisation: async (idOrName) => withoutWrites(await own.forOrganisation(idOrName)),
		forUser: () => withoutWrites(own.forUser()),
	});
	const result = await task(withoutWrites(client)).catch((error: unknown) => {
		if (error !== end) throw error;
		return undefined;
	});
	return { requests, result };
}

/** Returns a request as it would go out. A part that it does not have is left out. */
function describeRequest({ method, path, query, body, redact = [] }: ApiRequest): IDataObject {
	const mask = (_key: string, value: unknown): unknown =>
		typeof value === 'string' && redact.includes(value) ? '***' : value;
	const sent = parseJson(JSON.stringify({ method, path, query, body }, mask));
	return isDataObject(sent) ? sent : {};
}

/** Returns the text below the output. @param previews how many of the items were only looked at */
export const previewHint = (previews: number, items: number): string =>
	previews === items
		? "'Preview Only' is on: nothing was sent that creates or changes something in Uphance. To send it, turn it off under Options."
		: `'Preview Only' is on for ${previews} of ${items} items: for these, nothing was sent that creates or changes something in Uphance.`;
