import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { openConnection } from '../transport/client';

/**
 * Asks Uphance for something that the editor shows, in the organisation that is chosen in the node. Where that is an
 * expression, nobody knows it before a run, so the credential's own is asked.
 *
 * @throws NodeApiError in the user's words
 */
export async function inEditor<T>(
	context: ILoadOptionsFunctions,
	ask: (uphance: Connection) => Promise<T>,
): Promise<T> {
	const connection = await openConnection(context);
	try {
		const chosen: unknown = context.getCurrentNodeParameter('options.organisationId');
		const isPlain = (typeof chosen === 'string' && !chosen.startsWith('=')) || typeof chosen === 'number';
		return await ask(isPlain ? await connection.in(String(chosen)) : connection);
	} finally {
		await connection.close();
	}
}
