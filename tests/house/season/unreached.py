"""Guards that nobody can trip from outside, each with why: the house keeps them as a second lock."""

from collections.abc import Mapping

UNREACHED: Mapping[str, str] = {
    "batches.sending.prove": "a frozen list changes only where somebody goes behind the product, into its database",
    "batches.sending.act_on": "an official has one role, so nobody meets a batch at two levels",
    "personal_data.set_phone": "the chat offers only households that are not paid; this keeps two at one instant apart",
    "reviews.record_review": "a village's official has one village: of another's household even that it is there is hidden",
    "rules.paying.card_is_their_own": "no list takes a card that two households have; this keeps two at one instant apart",
    "rules.actors.is_the_applicant": "the chat knows nobody's households but their own",
    "rules.notice.notice_days_are_over": "the clock alone closes a notice",
    "rules.notice.notice_end_of": "the library knows the working days of this season's years",
    "rules.paying.goes_to_a_card": "a list takes only cards that can be ones",
    "rules.paying.paid_after_the_decision": "a list is made and released after the decision, and the day may not be before that",
    "payments.settling._same_amount": "what is on a live list cannot be granted anew",
}
