-- Record that people were asked about a plan, or about one camera of it (:order_no); gives the number of the record.
insert into core.plan_consultation (plan_id, order_no, method, held_from, held_to, opinions, outcome, document_no, recorded_by)
values (:plan_id, :order_no, :method, :held_from, :held_to, :opinions, :outcome, :document_no, :recorded_by)
returning consultation_id;
