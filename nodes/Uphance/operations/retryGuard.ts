import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { switchedOn } from '../parameters/switchedOn';

/** Executions by whether an item may be created twice when n8n runs them all again. */
const unsafe = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Under Retry On Fail n8n runs every item again when one fails (users.md A11).
 *
 * @param option that makes an item safe, in `options`
 * @param what would be created twice, e.g. "sales orders"
 * @throws NodeOperationError before anything is sent, when one item is not safe
 */
export function refuseUnsafeRetry(
	context: IExecuteFunctions,
	itemIndex: number,
	option: INodeProperties,
	what: string,
	needed: string,
): void {
	if (!context.getNode().retryOnFail) return;
	const known = unsafe.get(context) ?? someUnsafe(context, option);
	unsafe.set(context, known);
	if (!known) return;
	throw new NodeOperationError(context.getNode(), `'Retry On Fail' could create ${what} twice`, {
		itemIndex,
		description: `Turn it off in Settings, or fill in '${needed}' and turn on '${option.displayName}'. Nothing was sent.`,
	});
}

function someUnsafe(context: IExecuteFunctions, option: INodeProperties): boolean {
	return [...context.getInputData().keys()].some((item) => {
		try {
			return !switchedOn(option, context.getNodeParameter('options', item, {}));
		} catch {
			return true;
		}
	});
}
