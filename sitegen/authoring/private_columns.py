"""Private columns: headings of form questions whose answers are never read.

A heading is compared as a slug, so case, accents and punctuation don't matter. A heading that only looks
private costs a rename; an answer that is copied into a file is shared with everyone who has the folder.
"""

import re

from sitegen.core.urls import slugify

JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between the words of a heading such as `DateOfBirth`."""

SENSITIVE = re.compile(
    r"\b("
    # origin and identity
    r"rac(e|es|ial)|raza|raca|rasse|ethni\w*|etni\w*|hispanic|hispan[oa]s?|latin[oaxe]s?|indigenous|minorit\w+|"
    r"nationalit\w+|nacionalidad|citizen\w*|ciudadania|immigra\w*|inmigra\w*|undocumented|daca|visa|"
    r"demographic\w*|underrepresented|genders?|gender\w+|generos?|sexo?|sexe|geschlecht|sexual\w*|lgbt\w*|"
    r"transgender|nonbinary|pronouns?|pronombres?|identit\w+|identif(y|ies)|identidad|(te|se)-identificas?|"
    r"religi\w+|faith|church|mosque|synagogue|iglesia|politic\w*|veteran|military|"
    # health
    r"health\w*|salud|sante|saude|gesundheit\w*|medical\w*|medications?|medic[oa]s?|medicamentos?|allerg\w*|"
    r"alergi\w*|diet|dieta|dietary|vegetarian|vegan|halal|kosher|disab\w+|discapacidad\w*|handicap\w*|"
    r"accommodations?|accessibility|special-needs|access-needs|diagnos\w+|disorders?|conditions?|mental|"
    r"neurodiver\w*|adhd|autis\w+|dyslexi\w+|iep|504|vaccin\w+|vacuna\w*|insurance|seguro|doctors?-name|"
    r"physician|pregnan\w+|blood|"
    # birth and age
    r"birth\w*|b-?day|dob|born|naci\w+|nascimento|naissance|geburt\w*|cumpleanos|age|ages|how-old|edad|alter|"
    # address and where a person lives
    r"(?<!email-)(?<!e-mail-)address\w*|adresse|direccion|domicilio|endereco|street|calle|zip\w*|post-?code|"
    r"postal\w*|hometown|home-(phone|language|town|city)|city|town|neighbou?rhood|ciudad|barrio|apartment|"
    r"(you|they|student|live)-live|lives?-(in|at|with|near)|living-\w+|resid\w+|vives?|where-.*from|county|country-of|"
    r"(first|home|native)-language|"
    # contact, money and papers
    r"emergency|emergencia|notfall\w*|urgence|phone\w*|telephone|telefono|mobile|cell|"
    r"income|ingresos?|salary|einkommen|household|hogar|housing|homeless\w*|foster|lunch|almuerzo|medicaid|"
    r"low-income|financial\w*|fafsa|first-gen\w*|marital|married|spouse|ssn|social-security|passport|"
    r"socioeconomic\w*|arrest\w*|convict\w*|criminal"
    r")\b"
)
OF_PARENTS = re.compile(
    r"\b(parents?|parental|guardians?|caregivers?|mothers?|fathers?|mom|moms|mum|dad|dads|stepmother|stepfather|"
    r"grandmother|grandfather|grandparents?|relatives?|next-of-kin|"
    r"family-(?!names?\b)\w+|siblings?|brothers?|sisters?|"
    r"padres?|madres?|mama|papa|tutor-a|tutor(es|a)?-legal(es)?|tutor(es)?-o|nombre-del-tutor|acudientes?|"
    r"apoderad[oa]s?|familiar(es)?|eltern\w*|mutter|vater|mere|pere|maes?|pais?|responsavel)\b"
)


def is_private(heading: str, is_about_consent: bool = False) -> bool:
    """Return whether a column has sensitive data, or data of parents; these may say what they allow."""
    slug = slugify(JOINED_WORDS.sub(" ", heading))
    return bool(SENSITIVE.search(slug)) or (not is_about_consent and bool(OF_PARENTS.search(slug)))
