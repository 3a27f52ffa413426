// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "models/risk/rule_set_json.hpp"

namespace corridor::risk {
namespace {

/// On one line, and with nothing that Markdown would take for a mark.
std::string plain_line(std::string_view text, CardForm form) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\t';
    if (form == CardForm::markdown && std::string_view("\\`*_<>[]#|").find(c) != text.npos)
      out += '\\';
    out += blank ? ' ' : c;
  }
  return out;
}

/// Headings, paragraphs and entries in either form. Plain text is broken at 96 characters.
class Page {
 public:
  explicit Page(CardForm form) : form_(form) {}

  void heading(int level, const std::string& text) {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
    if (form_ == CardForm::markdown)
      out_ += std::string(static_cast<std::size_t>(level), '#') + " " + line(text) + "\n\n";
    else
      out_ += line(text) + "\n" + std::string(width(text), level == 1 ? '=' : '-') + "\n";
  }
  void paragraph(const std::string& text) {
    broken(line(text), 0);
    if (form_ == CardForm::markdown) out_ += "\n";
  }
  /// The beginning of an entry of several lines.
  void title(const std::string& name, const std::string& text) {
    if (form_ == CardForm::markdown)
      out_ += "**" + line(name) + "** " + line(text) + "\n\n";
    else
      broken(line(name) + " " + line(text), 4);
  }
  void entry(const std::string& key, std::string_view value) {
    if (value.empty()) return;
    if (form_ == CardForm::markdown)
      out_ += "- **" + line(key) + "** " + line(value) + "\n";
    else
      broken("  " + line(key) + " " + line(value), 6);
  }
  void blank() { out_ += "\n"; }
  void signature(const std::string& text) {
    const std::string dots(60 - std::min<std::size_t>(width(text), 40), '.');
    out_ += form_ == CardForm::markdown ? line(text) + " " + dots + "\n\n"
                                        : "\n" + text + " " + dots + "\n";
  }
  [[nodiscard]] std::string line(std::string_view text) const { return plain_line(text, form_); }
  [[nodiscard]] std::string out() && { return std::move(out_); }

 private:
  static std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
  }

  void broken(std::string_view text, std::size_t indent) {
    constexpr std::size_t most = 96;
    if (form_ == CardForm::markdown) {
      out_ += std::string(text) + "\n";
      return;
    }
    std::size_t column = 0;
    const std::size_t lead = std::min(text.find_first_not_of(' '), text.size());
    out_.append(lead, ' ');
    column = lead;
    text.remove_prefix(lead);
    bool first = true;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      const std::string_view word = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (!first && column + 1 + width(word) > most) {
        out_ += "\n" + std::string(indent, ' ');
        column = indent;
      } else if (!first) {
        out_ += ' ';
        ++column;
      }
      out_ += word;
      column += width(word);
      first = false;
    }
    out_ += "\n";
  }

  CardForm form_;
  std::string out_;
};

class Card {
 public:
  Card(const RuleSet& set, const Catalogue& catalogue, const LintReport& report, Language language,
       CardForm form)
      : set_(set), catalogue_(catalogue), report_(report), language_(language), page_(form) {}

  std::string made() {
    head();
    limits();
    rules();
    numbers();
    checks();
    signatures();
    return std::move(page_).out();
  }

 private:
  [[nodiscard]] std::string t(std::string_view english, std::string_view french) const {
    return std::string(in(language_, english, french));
  }

  void head() {
    page_.heading(1, t("Rule card: ", "Fiche de règles : ") + set_.name);
    page_.entry(t("Version:", "Version :"), set_.version);
    page_.entry(t("About:", "Objet :"), set_.about);
    page_.entry(t("Subject:", "Porte sur :"), set_.subject == Subject::traveller
                                                  ? t("travellers", "les voyageurs")
                                                  : t("consignments", "les envois"));
    page_.entry(t("Score:", "Score :"), how_scores_combine());
    page_.entry(t("Adopted:", "Adoption :"),
                set_.adopted_by.empty()
                    ? t("not adopted; the set is inert until a named person adopts it",
                        "non adoptée ; sans effet tant qu'une personne désignée ne l'a pas adoptée")
                    : t("by ", "par ") + set_.adopted_by + t(" on ", " le ") + set_.adopted_on);
    if (!set_.adopted_by.empty())
      page_.entry(t("Audit of proxies:", "Audit des substituts :"), audit_words());
    page_.entry(t("Records:", "Données :"), catalogue_.synthetic_statement());
  }

  [[nodiscard]] std::string audit_words() const {
    const AdoptionAudit& a = set_.audit;
    if (a.digest.empty()) return t("none was made", "aucun");
    return a.strongest + t("; over ", " ; sur ") + a.records +
           t("; as in force on ", " ; état au ") + a.date + t("; digest ", " ; empreinte ") +
           a.digest;
  }

  [[nodiscard]] std::string how_scores_combine() const {
    std::string base = std::to_string(set_.base);
    switch (set_.combine) {
      case Combine::additive:
        return t("points of the rules that fire are added, starting at ",
                 "les points des règles remplies s'ajoutent, à partir de ") +
               base;
      case Combine::noisy_or:
        return t("noisy-or: each rule stands for a chance in thousandths, taken as independent; "
                 "start ",
                 "ou bruité : chaque règle vaut une probabilité en millièmes, supposée "
                 "indépendante ; départ ") +
               base;
      case Combine::logistic:
        return t("logistic: hundredths of log-odds are added, starting at ",
                 "logistique : les centièmes de log-odds s'ajoutent, à partir de ") +
               base;
    }
    return base;
  }

  void limits() {
    page_.heading(2, t("What it is not for", "Ce à quoi elle ne sert pas"));
    page_.paragraph(t(
        "Not for real persons: everyone in Corridor is synthetic, and the tool is for planning and "
        "training. A score selects for a second look; it never decides. A person reviews before "
        "anything happens to anybody, and may set the score aside. Nationality, residence, "
        "birthplace, sex, age and every sensitive attribute (Directive (EU) 2016/681, Article "
        "6(4)) "
        "cannot be read by a rule.",
        "Pas pour des personnes réelles : toutes celles de Corridor sont synthétiques, et l'outil "
        "sert à la planification et à la formation. Un score désigne pour un second regard ; il ne "
        "décide jamais. Une personne examine avant toute suite, et peut écarter le score. "
        "Nationalité, résidence, lieu de naissance, sexe, âge et tout attribut sensible (directive "
        "(UE) 2016/681, article 6, paragraphe 4) ne peuvent être lus par une règle."));
  }

  /// What a rule says beside its condition, score and reason: name of the entry and its text.
  using Field = std::pair<std::string, std::string>;
  [[nodiscard]] std::vector<Field> fields(const Rule& r) const {
    std::string missing = t("the rule does not fire", "la règle n'est pas remplie");
    if (r.on_missing == OnMissing::yes) missing = t("the rule fires", "la règle est remplie");
    if (r.on_missing == OnMissing::refer)
      missing = t("the record goes to review", "le dossier est soumis à examen");
    return {{t("Counts at:", "Compte :"), stages(r)},
            {t("Missing data:", "Données manquantes :"), missing},
            {t("Purpose:", "Finalité :"), r.purpose},
            {t("Basis:", "Base juridique :"), r.basis},
            {t("Evidence:", "Éléments :"),
             r.evidence.empty() ? t("none is named", "aucun n'est cité") : r.evidence},
            {t("Owner:", "Responsable :"), r.owner},
            {t("Valid:", "Validité :"), validity(r)},
            {t("Version:", "Version :"), r.version.empty() ? "-" : r.version}};
  }

  /// The entries that more than half of the rules have word for word: told once, so that the card
  /// stays a page.
  [[nodiscard]] std::vector<std::string> shared() const {
    std::vector<std::map<std::string, std::size_t>> times;
    for (const Rule& r : set_.rules) {
      const std::vector<Field> own = fields(r);
      times.resize(own.size());
      for (std::size_t f = 0; f < own.size(); ++f) ++times[f][own[f].second];
    }
    std::vector<std::string> out;
    for (const auto& texts : times) {
      out.emplace_back();
      for (const auto& [text, n] : texts)
        if (n > 1 && 2 * n > set_.rules.size()) out.back() = text;
    }
    return out;
  }

  void rules() {
    page_.heading(2, t("Rules", "Règles"));
    const std::vector<std::string> common = shared();
    if (std::any_of(common.begin(), common.end(), [](const auto& c) { return !c.empty(); }))
      page_.paragraph(t("Unless a rule says otherwise:", "Sauf mention contraire :"));
    for (std::size_t f = 0; f < common.size(); ++f)
      page_.entry(fields(set_.rules[0])[f].first, common[f]);
    page_.blank();
    for (const Rule& r : set_.rules) {
      page_.title(r.id, fmt::format("({:+}) {}", r.score, in(language_, r.reason_en, r.reason_fr)));
      page_.entry(t("When:", "Quand :"),
                  in_words(r.condition, {catalogue_, set_.parameters, set_.subject}, language_));
      if (r.group >= 0)
        page_.entry(t("Group:", "Groupe :"), set_.groups[static_cast<std::size_t>(r.group)].name);
      const std::vector<Field> own = fields(r);
      for (std::size_t f = 0; f < own.size(); ++f)
        if (own[f].second != common[f]) page_.entry(own[f].first, own[f].second);
      page_.blank();
    }
  }

  [[nodiscard]] std::string stages(const Rule& r) const {
    const std::array<std::string, n_stages> names{t("booking", "à la réservation"),
                                                  t("check-in", "à l'enregistrement"),
                                                  t("arrival", "à l'arrivée")};
    std::string out;
    for (std::size_t s = 0; s < n_stages; ++s)
      if (r.stages[s]) out += (out.empty() ? "" : ", ") + names[s];
    return out;
  }

  [[nodiscard]] std::string validity(const Rule& r) const {
    std::string out = r.valid_from.empty() ? t("no first day", "sans premier jour")
                                           : t("from ", "du ") + r.valid_from;
    out += r.valid_to.empty() ? t(", no last day", ", sans dernier jour")
                              : t(" to ", " au ") + r.valid_to;
    return out + t("; to be reviewed by ", " ; à réexaminer avant le ") + r.review_by;
  }

  void numbers() {
    if (!set_.groups.empty()) page_.heading(2, t("Groups", "Groupes"));
    for (const RuleGroup& g : set_.groups) {
      std::string caps;
      if (g.max) caps += t("adds at most ", "ajoute au plus ") + std::to_string(*g.max);
      if (g.min)
        caps += (caps.empty() ? "" : ", ") + t("takes off at most ", "retire au plus ") +
                std::to_string(-*g.min);
      page_.entry(g.name + t(":", " :"), caps);
    }
    if (!set_.parameters.empty()) page_.heading(2, t("Parameters", "Paramètres"));
    for (const RuleParameter& p : set_.parameters)
      page_.entry(p.name + t(":", " :"),
                  number_text(p.value) + t(", may be set from ", ", réglable de ") +
                      number_text(p.lo) + t(" to ", " à ") + number_text(p.hi));
  }

  /// French counts 0 in the singular.
  [[nodiscard]] std::string counted(std::size_t n, std::string_view english,
                                    std::string_view french) const {
    const bool one = n == 1 || (n == 0 && language_ == Language::french);
    return fmt::format("{} {}{}", n, t(english, french), one ? "" : "s");
  }

  void checks() {
    page_.heading(2, t("Checks", "Contrôles"));
    for (std::size_t s = 0; s < n_stages; ++s) {
      const Reach& r = report_.reach[s];
      const std::array<std::string, n_stages> names{t("Booking:", "Réservation :"),
                                                    t("Check-in:", "Enregistrement :"),
                                                    t("Arrival:", "Arrivée :")};
      page_.entry(names[s],
                  fmt::format("{}, {} {} {} {}", counted(r.n_rules, "rule", "règle"),
                              t("scores from", "scores de"), r.lowest, t("to", "à"), r.highest));
    }
    std::map<std::string, std::size_t> codes;
    for (const Finding& f : report_.findings)
      if (f.severity != Severity::info) ++codes[f.code];
    std::string listed;
    for (const auto& [code, n] : codes)
      listed += (listed.empty() ? " (" : ", ") + code + (n > 1 ? fmt::format(" x{}", n) : "");
    if (!listed.empty()) listed += ")";
    page_.entry(t("Lint:", "Analyse :"),
                counted(report_.count(Severity::error), "error", "erreur") + ", " +
                    counted(report_.count(Severity::warning), "warning", "avertissement") + listed +
                    (report_.date.empty() ? "" : t(", as of ", ", au ") + report_.date));
  }

  void signatures() {
    page_.heading(2, t("Signatures", "Signatures"));
    page_.signature(t("Adopted by (name, function):", "Adoptée par (nom, fonction) :"));
    page_.signature(t("Date and signature:", "Date et signature :"));
    page_.signature(t("Seen by data protection:", "Vu par la protection des données :"));
  }

  const RuleSet& set_;
  const Catalogue& catalogue_;
  const LintReport& report_;
  Language language_;
  Page page_;
};

}  // namespace

std::string rule_card(const RuleSet& set, const Catalogue& catalogue, const LintReport& report,
                      Language language, CardForm form) {
  return Card(set, catalogue, report, language, form).made();
}

std::string rule_card_json(const RuleSet& set, const Catalogue& catalogue, const LintReport& report,
                           Language language) {
  using Json = nlohmann::ordered_json;
  Json out = Json::parse(rule_set_json(set, catalogue));
  for (std::size_t i = 0; i < set.rules.size(); ++i)
    out["rule"][i]["condition"] =
        in_words(set.rules[i].condition, {catalogue, set.parameters, set.subject}, language);
  out["lint"] = Json::parse(report.json());
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace corridor::risk
