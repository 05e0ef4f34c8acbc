import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject, parseJson } from '../http/json';
import type { UphanceClient } from './client';
import type { ApiRequest } from './sendWithRetry';

/**
 * Runs a task with a client that sends no request that creates or changes something. All other requests go out: sign-in,
 * registration of the organisation, look-ups. A request that changes a record (PUT) counts as done, so that the next one
 * is seen too. One that creates a record (POST) ends the task, because what follows would need that record.
 *
 * @returns the requests as they would go out, with secrets masked, and what the task returned; `result` is undefined if
 * the task was ended
 * @throws what the task throws
 */
export async function preview<T>(
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
