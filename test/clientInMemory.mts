import { defaultLimits } from '../nodes/Uphance/http/limits.ts';
import type { UphanceClient } from '../nodes/Uphance/transport/client.ts';
import type { ApiRequest } from '../nodes/Uphance/transport/sendWithRetry.ts';

/**
 * A client without HTTP and n8n: a function answers its requests. Its errors have the message and description of the text
 * that they were made of.
 */
export function clientOf(answer: (request: ApiRequest) => unknown, more: Partial<UphanceClient> = {}): UphanceClient {
	const client: UphanceClient = {
		organisation: { id: 9579, name: 'Uphance Demo' },
		limits: defaultLimits,
		scope: 'user 9579',
		request: async (request) => answer(request),
		cached: async (_key, read) => await read(),
		cachedForExecution: async (_key, read) => await read(),
		toError: ({ message, description }) => Object.assign(new Error(message), { description }),
		sleep: async () => {},
		waitFor: async (promise) => await promise,
		runExclusive: async (_key, task) => await task(),
		keepOrganisation: async () => {},
		forOrganisation: async () => client,
		forUser: () => client,
		restoreOrganisation: async () => {},
		...more,
	};
	return client;
}
