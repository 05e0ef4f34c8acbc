/** One kind of record: where it is, under which keys answers hold it, and how people call it. A resource states it once. */
export interface RecordType {
	/** e.g. "/sales_orders" */
	path: string;
	/** The key of its list, e.g. "sales_orders". */
	listKey: string;
	/** The key of a single one, e.g. "sales_order". */
	singularKey: string;
	/** e.g. "sales order" */
	singular: string;
	/** e.g. "sales orders" */
	plural: string;
	/** Whether each record says in `organisation_id` to which organisation it belongs. */
	namesOrganisation?: true;
	/** Whether the list is known to have the filter `since_id` (docs/uphance.openapi.yaml: components/parameters/SinceId). */
	supportsSinceId?: true;
	/** Whether the list has no pages (docs/uphance.openapi.yaml: GET /channels), so that nothing is left out of it. */
	isUnpaginated?: true;
	/** What identifies one, for the advice of people; usually an id. */
	example?: string;
	/** The filter of the list that finds one by id, where there is no other way. */
	idFilter?: string;
	/** What to think of when one is not there, in a sentence. */
	notFoundHint?: string;
}
