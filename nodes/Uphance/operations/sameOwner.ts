import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** Who must own a record that is not to be created twice, and how a message says that Uphance does not tell. */
interface Owner {
	/** The field of a record that names its owner, e.g. "company_id". */
	field: string;
	id: IDataObject[string];
	/** Completes "Uphance has …", e.g. "order 101 with purchase order ref 'A', but does not say of which customer". */
	unclear: (record: IDataObject) => string;
	/** Label of the option that looks for existing records. */
	option: string;
}

/**
 * Returns the records of this owner. If there is none, but a record that names no owner, it may be the one: to create
 * another would make it exist twice, and to return it could lose the new one.
 *
 * @throws UserError that names such a record
 */
export function ofSameOwner(records: IDataObject[], { field, id, unclear, option }: Owner): IDataObject[] {
	const own = records.filter(({ [field]: owner }) => String(owner) === String(id));
	const withoutOwner = records.find(({ [field]: owner }) => (owner ?? '') === '');
	if (own.length > 0 || !withoutOwner) return own;
	throw new UserError(`Uphance has ${unclear(withoutOwner)}`, {
		description: `The node cannot tell whether it is the same, so it created nothing. Look at it in Uphance. If it is another one, turn off '${option}' for this item.`,
	});
}
