import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { normalize } from '../../output/values';
import type { OrderInput, OrderInputResult } from './orderInput';

/** Input items with the same organisation, customer and purchase order ref, as typed. */
export interface DuplicateGroup {
	reference: string;
	items: number[];
	/** True if Return Existing Order is on for one of them. */
	returnExisting: boolean;
}

/**
 * Returns the group of each input item that has a purchase order ref. It compares what was typed and asks Uphance
 * nothing; what can only be seen after resolving is checked by `assertNotCreatedBefore`.
 */
export function groupItems(inputs: OrderInputResult[]): Map<number, DuplicateGroup> {
	const groups = new Map<string, DuplicateGroup>();
	const byItem = new Map<number, DuplicateGroup>();
	for (const [item, result] of inputs.entries()) {
		if ('error' in result || result.input.reference === '') continue;
		const { organisation, customer, reference, shouldReturnExisting } = result.input;
		const key = JSON.stringify([
			organisation.toLowerCase(),
			customer.mode === 'list' ? 'id' : customer.mode,
			normalize(customer.value),
			reference,
		]);
		const group = groups.get(key) ?? { reference, items: [], returnExisting: false };
		groups.set(key, group);
		group.items.push(item);
		group.returnExisting ||= shouldReturnExisting;
		byItem.set(item, group);
	}
	return byItem;
}

/**
 * Two items with the same customer and purchase order ref are usually rows of one order. With Return Existing Order the
 * first would create the order with only its own line, and the others would find it. Without that option the items are
 * allowed, and the output pane shows a hint.
 *
 * @throws UserError if another item is the same, and Return Existing Order is on for one of them
 */
export function assertNoDuplicate(context: IExecuteFunctions, item: number, group: DuplicateGroup | undefined): void {
	const [first, second] = group?.items ?? [];
	if (!group || first === undefined || second === undefined) return;
	const duplicates = describeDuplicates(first, second, group.reference);
	if (group.returnExisting) throw duplicateOrderError(duplicates);
	if (item === first) addDuplicatesHint(context, duplicates);
}

/**
 * Checks what can only be seen after resolving: an earlier item named the same customer in another way. Without Return
 * Existing Order both are created, and the output pane shows a hint.
 *
 * @param group the items that are the same as typed: the hint was shown for them
 * @param seen items of this execution by organisation, customer id and ref; gets this item added
 * @throws UserError if Return Existing Order is on: this item would find the order of the earlier one, without its line
 */
export function assertNotCreatedBefore(
	context: IExecuteFunctions,
	seen: Map<string, number>,
	item: number,
	group: DuplicateGroup | undefined,
	organisationId: number,
	customerId: string,
	{ reference, shouldReturnExisting }: OrderInput,
): void {
	if (reference === '') return;
	const key = JSON.stringify([organisationId, customerId, reference]);
	const earlier = seen.get(key);
	if (earlier === undefined) {
		seen.set(key, item);
		return;
	}
	const duplicates = describeDuplicates(earlier, item, reference);
	if (shouldReturnExisting) throw duplicateOrderError(duplicates);
	if (!group?.items.includes(earlier)) addDuplicatesHint(context, duplicates);
}

function addDuplicatesHint(context: IExecuteFunctions, duplicates: string): void {
	const message = `${duplicates}. The node creates an order for each of them. If they are rows of one order, put them into one item first (Edit Fields, then Summarize).`;
	context.addExecutionHints({ message, location: 'outputPane' });
}

const describeDuplicates = (first: number, second: number, reference: string): string =>
	`Input items ${first + 1} and ${second + 1} have the same customer and purchase order ref '${reference}'`;

const duplicateOrderError = (duplicates: string): UserError =>
	new UserError(duplicates, {
		description:
			"They look like rows of one order. Put them into one item first (Edit Fields, then Summarize), or turn off 'Return Existing Order'. Nothing was sent for this item.",
	});
