import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseBoolean } from '../parameters/parse';

/** An error in the settings of the node: it concerns no item in particular. */
export class SettingsError extends NodeOperationError {}

/** By execution: true if it has an item that a retry could create twice. */
const unsafeByExecution = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Stops an operation that creates records under Retry On Fail. If one item fails, n8n then runs every item again, also
 * those that succeeded (n8n-core: WorkflowExecute).
 *
 * @param option the switch in Options that makes an item safe to repeat
 * @param nouns the records that could be created twice, e.g. "sales orders"
 * @param requiredField label of the field that `option` needs, e.g. "Purchase Order Ref"
 * @throws SettingsError before anything is sent, if `option` is off for any input item
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
	throw new SettingsError(context.getNode(), `'Retry On Fail' could create ${nouns} twice`, {
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

/** Returns what to know before all items are run again, of which some were created. @param option avoids duplicates */
export const adviceBeforeRerun = ({ displayName }: INodeProperties): string =>
	`If you run all of them again, those before it are created twice, unless '${displayName}' is on.`;
