import { createHash, randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { SettingsError } from '../../operations/retryGuard';
import { parseCode } from '../../parameters/parse';

/** The field for a key of the user's own. */
export const keyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotency_key',
	type: 'string',
	default: '',
	placeholder: 'e.g. shopify-1001-sale',
	description:
		'Name for this stock movement, with at most 128 characters. Uphance counts the same name only once. If you leave it empty, the node makes one. Then Retry On Fail is safe, but running the workflow again counts again, and so does each call as a tool of an AI agent.',
};

/**
 * Returns the key that the user entered, or '' if there is none.
 *
 * @param inJson the key in Additional JSON, which overrides the field
 * @throws UserError if it is longer than Uphance allows (docs/uphance.openapi.yaml: POST /stock_operations)
 */
export function parseOwnKey(additional: IDataObject, inJson: unknown): string {
	const value = inJson ?? (keyField.name in additional ? additional[keyField.name] : '');
	const key = parseCode(keyField.displayName, value);
	if (key.length <= 128) return key;
	throw new UserError(`'${keyField.displayName}' is longer than 128 characters`, {
		description: 'Shorten it. Nothing was sent for this item.',
	});
}

/**
 * Returns a key made from instance, execution, node, run index, item and organisation. Under Retry On Fail the key stays
 * the same, so stock is counted once. In a loop the run index changes, so every turn counts. The instance is part of it
 * because execution IDs of two n8n instances can be equal.
 *
 * As a tool the key is random. An MCP server's tools have no execution, and tools that an agent calls in parallel have
 * the same run index, so that all but one movement would be lost (n8n-core: get-input-connection-data).
 *
 * @throws SettingsError as a tool under Retry On Fail: each try would have another key, and count again
 */
export function makeKey(context: IExecuteFunctions, item: number, organisation: number): string {
	const node = context.getNode();
	const execution = context.getExecutionId();
	if (execution && !node.type.endsWith('Tool')) {
		const runIndex: unknown = context.evaluateExpression('{{ $runIndex }}', item);
		const parts = [context.getInstanceId(), execution, node.id, runIndex, item, organisation];
		return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
	}
	if (!node.retryOnFail) return `n8n-${randomUUID()}`;
	throw new SettingsError(node, "'Retry On Fail' could count the stock operation twice", {
		itemIndex: item,
		description: `As a tool, the node makes another key for each try. Fill in '${keyField.displayName}', or turn off 'Retry On Fail' in Settings. Nothing was sent.`,
	});
}
