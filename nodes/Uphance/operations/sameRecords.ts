import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { equalsIgnoringCase, isSameCode } from '../output/values';

/** What makes a record the same as the one that is to be created. */
interface Sameness {
	/** The reference. `field` holds it in a record, e.g. "purchase_order_ref"; `label` is its name in messages. */
	code: { field: string; label: string; value: string };
	/** The customer or sales order. `field` holds its ID in a record; `label` completes "does not say which … it belongs to". */
	owner: { field: string; label: string; id: IDataObject[string] };
	/** Returns a record as messages name it, e.g. "order 101 of Barneys". */
	describe: (record: IDataObject) => string;
	/** Label of the option that looks for existing records. */
	option: string;
}

/**
 * Returns the records that are the same. If there is none, but one that may be it, nobody but the user can decide: to create
 * another could make it exist twice, and to return it could lose the new one.
 *
 * @throws UserError that names a record which does not name its owner, or whose reference differs in case or white space
 */
export function sameRecords(records: IDataObject[], { code, owner, describe, option }: Sameness): IDataObject[] {
	const withCode = records.filter(({ [code.field]: value }) => isSameCode(value, code.value));
	const same = withCode.filter(({ [owner.field]: id }) => String(id) === String(owner.id));
	if (same.length > 0) return same;
	const turnOff = `If it is another one, turn off '${option}' for this item.`;
	const withoutOwner = withCode.find(({ [owner.field]: id }) => (id ?? '') === '');
	if (withoutOwner) {
		throw new UserError(
			`Uphance has ${describe(withoutOwner)} with ${code.label} '${code.value}', but does not say which ${owner.label} it belongs to`,
			{
				description: `The node cannot tell whether it is the same, so it created nothing. Look at it in Uphance. ${turnOff}`,
			},
		);
	}
	const similar = records.find(
		(record) => String(record[owner.field]) === String(owner.id) && equalsIgnoringCase(record[code.field], code.value),
	);
	if (similar) {
		throw new UserError(
			`Uphance has ${describe(similar)} with ${code.label} '${String(similar[code.field])}', which is nearly '${code.value}'`,
			{
				description: `They differ only in capital letters or spaces, so the node created nothing. If it is the same, spell it as in Uphance. ${turnOff}`,
			},
		);
	}
	return [];
}
