import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';

/**
 * Asks Uphance for something that the editor shows, in the organisation that is chosen in the node. Where that is an
 * expression, nobody knows it before a run, so the credential's own is asked.
 *
 * @throws NodeApiError in the user's words
 */
export async function withEditorClient<T>(
	context: ILoadOptionsFunctions,
	fn: (client: UphanceClient) => Promise<T>,
): Promise<T> {
	const client = await createClient(context);
	try {
		const organisation: unknown = context.getCurrentNodeParameter('options.organisationId');
		const isPlain =
			(typeof organisation === 'string' && !organisation.startsWith('=')) || typeof organisation === 'number';
		return await fn(isPlain ? await client.forOrganisation(String(organisation)) : client);
	} finally {
		await client.restoreOrganisation();
	}
}
