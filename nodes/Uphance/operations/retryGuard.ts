import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseBoolean } from '../parameters/parse';

/** Executions by whether an item may be created twice when n8n runs them all again. */
const unsafeByExecution = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Under Retry On Fail n8n runs every item again when one fails (users.md A11).
 *
 * @param option that makes an item safe, in `options`
 * @param nouns would be created twice, e.g. "sales orders"
 * @throws NodeOperationError before anything is sent, when one item is not safe
 */
export function assertRetrySafe(
	context: IExecuteFunctions,
	itemIndex: number,
	option: INodeProperties,
	nouns: string,
	requiredField: string,
): void {
	if (!context.getNode().retryOnFail) return;
	const isUnsafe = unsafeByExecution.get(context) ?? hasUnsafeItem(context, option);
	unsafeByExecution.set(context, isUnsafe);
	if (!isUnsafe) return;
	throw new NodeOperationError(context.getNode(), `'Retry On Fail' could create ${nouns} twice`, {
		itemIndex,
		description: `Turn it off in Settings, or fill in '${requiredField}' and turn on '${option.displayName}'. Nothing was sent.`,
	});
}

function hasUnsafeItem(context: IExecuteFunctions, option: INodeProperties): boolean {
	return [...context.getInputData().keys()].some((item) => {
		try {
			return !parseBoolean(option, context.getNodeParameter('options', item, {}));
		} catch {
			return true;
		}
	});
}
