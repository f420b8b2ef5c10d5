//! A small glossary of the words of sales and marketing in both languages: a net under the aliases that a company
//! keeps itself. A word found only through it counts less than one found through an alias.

use std::sync::OnceLock;

use crate::Aliases;

/// One meaning a line, Hebrew before the bar, English after it. Only words with one common meaning in this trade, and
/// none with a meaning in another trade that would bring noise.
const MEANINGS: &str = "
מחיר, תעריף, עלות | price, cost, tariff
מחירון, תעריפון | price list, pricing
הנחה, הנחות | discount
אחריות | warranty, guarantee
חוזה, הסכם | contract, agreement
לקוח | customer, client
ספק | supplier, vendor
מתחרה | competitor, rival
תחרות | competition
שותף | partner
משווק, מפיץ | reseller, distributor
סוכן | agent
הצעת מחיר | quote, quotation
הזמנה | order
חשבונית | invoice
תשלום | payment
אשראי | credit
החזר, זיכוי | refund
עמלה | commission
מענק, בונוס | bonus, incentive
תקציב | budget
רווח | profit
הכנסה | revenue
מכירות | sales
שיווק | marketing
מוצר | product
שירות | service
תמיכה | support
תחזוקה | maintenance
תיקון | repair
תקלה | fault, failure, outage
התקנה | installation
הדרכה | training
מדריך | guide, manual
נוהל | procedure
מדיניות | policy
בטיחות | safety
אבטחה | security
פרטיות | privacy
ביטוח | insurance
רישוי, רישיון | licence, license
מנוי | subscription
התחייבות | commitment
ביטול | cancellation, cancel
חידוש | renewal
אישור | approval
משלוח | delivery, shipping
אספקה | supply
מלאי | stock, inventory
מחסן | warehouse
מפעל | factory, plant
מפרט | specification, specs
תכונה, יכולת | feature
גרסה | version
עדכון | update
שדרוג | upgrade
השקה | launch
מבצע | promotion
קמפיין | campaign
מצגת | presentation, deck
הדגמה, דמו | demo, demonstration
סרטון | video
תמונה | image, picture
לוגו | logo
מותג | brand
מסר | message
סיפור לקוח, סיפור הצלחה | case study, success story
התנגדות | objection
טענה | claim
השוואה | comparison
יתרון | advantage, benefit
חיסרון, חסרון | disadvantage, weakness
חוזק | strength
הזדמנות | opportunity
עסקה | deal
זכייה | win
הפסד | loss
כנס | conference
תערוכה | exhibition, trade show
אירוע | event
פגישה | meeting
סיכום | summary, recap
שאלה | question
תשובה | answer
דוח | report
סקר | survey
ניתוח | analysis
נתון, נתונים | data
יעד | target, goal
תכנית | plan
תבנית, נוסח | template
טופס | form
רשימה | list
דואר אלקטרוני, דואל | email
טלפון | telephone, phone
מכשיר | device, handset
מסך | screen, display
רשת | network
ענן | cloud
תוכנה | software
חומרה | hardware
יישום, אפליקציה | app, application
אתר | site, website
משתמש | user
סיסמה | password
חיבור, אינטגרציה | integration
גיבוי | backup
נציג | representative
מנהל | manager
עובד | employee
צוות | team
לשכה, משרד | office
סניף | branch
עירייה | municipality
רשות מקומית | local authority
בית חולים | hospital
בנק | bank
אוניברסיטה | university
ממשלה | government
יצוא | export
יבוא | import
מכס | customs
מס | tax
מעמ | vat
רבעון | quarter
שנה | year
חודש | month
יום | day
ישראל | israel
אירופה | europe
חדשות | news
הודעה לעיתונות | press release
דובר, דוברת | spokesperson
משבר | crisis
החזרה, ריקול | recall
";

/// The glossary as names that stand for one another.
pub(crate) fn glossary() -> &'static Aliases {
    static GLOSSARY: OnceLock<Aliases> = OnceLock::new();
    GLOSSARY.get_or_init(|| {
        let lines = MEANINGS.lines().filter(|line| !line.is_empty());
        Aliases::new(lines.map(|line| line.split(['|', ',']).map(str::trim)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Forms;

    #[test]
    fn words_have_their_meaning_in_the_other_language() {
        for (word, other) in [("warranties", "אחריות"), ("באחריות", "warranty")] {
            let forms = Forms::of(word);
            let names = glossary().at(&[(word, &forms)]);
            assert!(
                names.iter().any(|(_, name)| *name == [other.to_owned()]),
                "{word}"
            );
        }
    }

    #[test]
    fn each_line_has_both_languages() {
        for line in MEANINGS.lines().filter(|line| !line.is_empty()) {
            assert_eq!(line.matches(" | ").count(), 1, "{line}");
        }
    }
}
