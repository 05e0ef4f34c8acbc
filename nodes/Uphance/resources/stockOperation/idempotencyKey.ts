import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { createHash } from 'crypto';
import { parseCode } from '../../parameters/parse';

export const keyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotency_key',
	type: 'string',
	default: '',
	placeholder: 'e.g. shopify-1001-sale',
	description:
		'A name for this stock movement, at most 128 characters: the same name counts once, whatever happens. Left empty, Retry On Fail is safe but running the workflow again is not.',
};

/** The user's own key; empty when there is none. @throws UserError for one that Uphance would not take (uphance-api.md 4.13) */
export function userKey(additional: IDataObject, inJson: unknown): string {
	const value = inJson ?? (keyField.name in additional ? additional[keyField.name] : '');
	const key = parseCode(keyField.displayName, value);
	if (key.length <= 128) return key;
	throw new UserError(`'${keyField.displayName}' is longer than 128 characters`, {
		description: 'Shorten it. Nothing was sent for this item.',
	});
}

/**
 * A key of execution, node, turn of a loop and item: n8n's Retry On Fail then counts once, and a loop counts every turn
 * (design 5). The instance is in it, because two may run the same workflow.
 */
export function derivedKey(context: IExecuteFunctions, item: number, organisation: number): string {
	const turn: unknown = context.evaluateExpression('{{ $runIndex }}', item);
	const parts = [context.getInstanceId(), context.getExecutionId(), context.getNode().id, turn, item, organisation];
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
