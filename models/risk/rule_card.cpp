// SPDX-License-Identifier: Apache-2.0
#include "models/risk/rule_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

/// A paragraph before it is broken into lines: runs of text, each plain or strong.
struct Paragraph {
  enum class Kind : std::uint8_t { heading, plain, item, signature } kind = Kind::plain;
  std::string strong, rest;  ///< what stands out comes first
};

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Lines of at most `card_columns` characters; those after the first are indented.
std::vector<std::string> broken(std::string_view text, std::size_t indent) {
  std::vector<std::string> lines{""};
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool first = lines.back().size() <= (lines.size() > 1 ? indent : 0);
    if (!first && column + 1 + width(word) > card_columns) {
      lines.emplace_back(indent, ' ');
      column = indent;
    } else if (!first) {
      lines.back() += ' ';
      ++column;
    }
    lines.back() += word;
    column += width(word);
  }
  return lines;
}

std::vector<std::string> lines_of(const Paragraph& p, CardForm form) {
  using Kind = Paragraph::Kind;
  const std::string strong = plain_line(p.strong, form), rest = plain_line(p.rest, form);
  const std::string both = strong + (strong.empty() || rest.empty() ? "" : " ") + rest;
  if (form == CardForm::markdown) {
    const std::string marked =
        strong.empty() ? rest : "**" + strong + "**" + (rest.empty() ? "" : " ") + rest;
    if (p.kind == Kind::heading) return {"# " + both, ""};
    if (p.kind == Kind::item) return {"- " + marked};
    return {marked, ""};
  }
  if (p.kind == Kind::heading) return {both, std::string(std::min(width(both), card_columns), '=')};
  if (p.kind == Kind::signature) return {"", both};
  return broken(both, 2);
}

/// Known English phrases of stored texts (an audit's, a run's records) in French, when all of a
/// sentence's are there in their order; any other text as it is.
std::string translated(std::string text) {
  using Phrases = std::vector<std::pair<std::string_view, std::string_view>>;
  static const std::vector<Phrases> sentences{
      {{"rule '", "règle '"},
       {"' with ", "' avec "},
       {": Cramer's V ", " : V de Cramér "},
       {" (", " ("},
       {" to ", " à "},
       {"), limit ", "), limite "}},
      {{"synthetic records of scenario '", "données synthétiques du scénario '"},
       {", days ", ", jours "},
       {" to ", " à "},
       {" % of the trips, seed ", " % des voyages, graine "},
       {", replicate ", ", réplique "}}};
  for (const Phrases& phrases : sentences) {
    std::string out;
    std::size_t at = 0;
    bool all = true;
    for (const auto& [english, french] : phrases) {
      const std::size_t found = text.find(english, at);
      if (found == text.npos || (at == 0 && found != 0)) {
        all = false;
        break;
      }
      out.append(text, at, found - at).append(french);
      at = found + english.size();
    }
    if (all) return out + text.substr(at);
  }
  return text;
}

class Card {
 public:
  Card(const RuleSet& set, const Catalogue& catalogue, const LintReport& report, Language language,
       CardForm form)
      : set_(set), catalogue_(catalogue), report_(report), language_(language), form_(form) {}

  std::string made() {
    head();
    limits();
    common_ = shared();
    defaults();
    const std::vector<std::string> top = laid_out();
    std::vector<std::vector<std::string>> rules;
    for (const Rule& r : set_.rules) {
      tell(r);
      rules.push_back(laid_out());
    }
    notes();
    numbers();
    checks();
    signatures();
    return pages(top, rules, laid_out());
  }

 private:
  using Kind = Paragraph::Kind;
  [[nodiscard]] std::string t(std::string_view english, std::string_view french) const {
    return std::string(in(language_, english, french));
  }
  /// A stored text, whose known phrases are told in the language.
  [[nodiscard]] std::string told(const std::string& text) const {
    return language_ == Language::french ? translated(text) : text;
  }
  [[nodiscard]] std::string number(double x) const {
    std::string text = number_text(x);
    if (language_ == Language::french) std::ranges::replace(text, '.', ',');
    return text;
  }

  void add(Kind kind, std::string strong, std::string rest) {
    paragraphs_.push_back({kind, std::move(strong), std::move(rest)});
  }
  std::vector<std::string> laid_out() {
    std::vector<std::string> lines;
    for (const Paragraph& p : paragraphs_)
      for (std::string& line : lines_of(p, form_)) lines.push_back(std::move(line));
    paragraphs_.clear();
    return lines;
  }

  /// What does not fit on the first page goes on others, between the rules; the signature stays on
  /// the first. Markdown has no pages.
  [[nodiscard]] std::string pages(const std::vector<std::string>& top,
                                  const std::vector<std::vector<std::string>>& rules,
                                  const std::vector<std::string>& bottom) const {
    std::size_t total = top.size() + bottom.size();
    for (const auto& rule : rules) total += rule.size();
    std::vector<std::vector<std::string>> out{top};
    const bool one = form_ == CardForm::markdown || total <= card_lines;
    std::size_t room = card_lines - std::min(card_lines, top.size() + bottom.size() + 1);
    for (const auto& rule : rules) {
      if (!one && rule.size() > room) {
        out.emplace_back();
        room = card_lines - 2;
      }
      out.back().insert(out.back().end(), rule.begin(), rule.end());
      room -= std::min(room, rule.size());
    }
    std::string text;
    const auto put = [&](const std::vector<std::string>& lines) {
      for (const std::string& line : lines) text += line + "\n";
    };
    put(out.front());
    if (out.size() > 1)
      text += fmt::format("{} {} {}\n", t("Page 1 of", "Page 1 sur"), out.size(),
                          t("of this card; the signature is for all of them.",
                            "de cette fiche ; la signature vaut pour toutes."));
    if (form_ == CardForm::markdown) text += "\n";
    put(bottom);
    for (std::size_t page = 1; page < out.size(); ++page) {
      text += fmt::format("\f{}{}, {} {} {} {}\n\n", t("Rule card: ", "Fiche de règles : "),
                          set_.name + t(", version ", ", version ") + set_.version,
                          t("page", "page"), page + 1, t("of", "sur"), out.size());
      put(out[page]);
    }
    return text;
  }

  void head() {
    add(Kind::heading, "",
        t("Rule card: ", "Fiche de règles : ") + set_.name + ", version " + set_.version);
    if (!set_.about.empty()) add(Kind::plain, t("About:", "Objet :"), set_.about);
    std::string reach;
    const std::array<std::string, n_stages> at{t("at booking", "à la réservation"),
                                               t("at check-in", "à l'enregistrement"),
                                               t("on arrival", "à l'arrivée")};
    for (std::size_t s = 0; s < n_stages; ++s) {
      const Reach& r = report_.reach[s];
      if (r.n_rules == 0) continue;
      reach += fmt::format("{}{} {} {} {}", reach.empty() ? "" : ", ", at[s], r.lowest,
                           t("to", "à"), r.highest);
    }
    add(Kind::plain,
        set_.subject == Subject::traveller ? t("Travellers.", "Voyageurs.")
                                           : t("Consignments.", "Envois."),
        how_scores_combine() + (reach.empty() ? "" : t("; reachable: ", " ; possible : ") + reach));
    add(Kind::plain, t("Adopted:", "Adoption :"), adoption());
    if (!set_.tuned_on.empty())
      add(Kind::plain, t("Tuned on:", "Ajustée sur :"), told(set_.tuned_on));
    if (!catalogue_.synthetic_statement().empty())
      add(Kind::plain, t("Records:", "Données :"), catalogue_.synthetic_statement());
  }

  [[nodiscard]] std::string adoption() const {
    if (is_inert(set_))
      return t("by nobody; the set is inert until a named person adopts it",
               "par personne ; sans effet tant qu'une personne désignée ne l'a pas adoptée");
    if (set_.adopted_by.empty())
      return t("by nobody yet; it is a proposal", "par personne encore ; c'est une proposition");
    return t("by ", "par ") + set_.adopted_by + t(" on ", " le ") + set_.adopted_on + ". " +
           t("Audit of proxies: ", "Audit des substituts : ") + audit_words();
  }

  [[nodiscard]] std::string audit_words() const {
    const AdoptionAudit& a = set_.audit;
    if (a.digest.empty()) return t("none was made", "aucun");
    std::string untold;
    for (const std::string& id : a.untold) untold += (untold.empty() ? "" : ", ") + id;
    return told(a.strongest) +
           (untold.empty() ? ""
                           : t("; not enough data to tell, taken on by name: ",
                               " ; données insuffisantes, reprises nommément : ") +
                                 untold) +
           t("; as in force on ", " ; état au ") + a.date + t("; digest ", " ; empreinte ") +
           a.digest;
  }

  [[nodiscard]] std::string how_scores_combine() const {
    std::string base = std::to_string(set_.base);
    switch (set_.combine) {
      case Combine::additive:
        return t("Points of the rules that fire are added, starting at ",
                 "Les points des règles remplies s'ajoutent, à partir de ") +
               base;
      case Combine::noisy_or:
        return t("Noisy-or: each rule stands for a chance in thousandths, taken as independent; "
                 "start ",
                 "Ou bruité : chaque règle vaut une probabilité en millièmes, supposée "
                 "indépendante ; départ ") +
               base;
      case Combine::logistic:
        return t("Logistic: hundredths of log-odds are added, starting at ",
                 "Logistique : les centièmes de log-cotes s'ajoutent, à partir de ") +
               base;
    }
    return base;
  }

  void limits() {
    add(Kind::plain, t("Not for real persons:", "Pas pour des personnes réelles :"),
        t("all are synthetic, for planning and training. A score selects for a second look and "
          "decides nothing: a person reviews first, and may set it aside. No rule reads "
          "nationality, residence, birthplace, sex, age or a sensitive attribute (Directive (EU) "
          "2016/681, Art. 6(4)).",
          "toutes sont synthétiques, pour planifier et former. Un score désigne pour un second "
          "regard et ne décide rien : une personne examine d'abord, et peut l'écarter. Aucune "
          "règle ne lit nationalité, résidence, lieu de naissance, sexe, âge ou attribut sensible "
          "(directive (UE) 2016/681, art. 6, par. 4)."));
  }

  /// What a rule says beside its condition, score and reason: name of the entry and its text.
  using Field = std::pair<std::string, std::string>;
  [[nodiscard]] std::vector<Field> fields(const Rule& r) const {
    std::string missing = t("the rule does not fire", "la règle n'est pas remplie");
    if (r.on_missing == OnMissing::yes) missing = t("the rule fires", "la règle est remplie");
    if (r.on_missing == OnMissing::refer)
      missing = t("the record goes to review", "le dossier est soumis à examen");
    return {{t("counts at", "compte"), stages(r)},
            {t("missing data:", "données manquantes :"), missing},
            {t("purpose:", "finalité :"), r.purpose},
            {t("basis:", "base juridique :"), r.basis},
            {t("evidence:", "éléments :"),
             r.evidence.empty() ? t("none is named", "aucun n'est cité") : r.evidence},
            {t("owner:", "responsable :"), r.owner},
            {t("valid", "validité :"), validity(r)},
            {t("version", "version"), r.version.empty() ? "-" : r.version}};
  }

  /// The entries that more than half of the rules have word for word: told once, so that the card
  /// stays a page. The others that stand more than once become notes.
  [[nodiscard]] std::vector<std::string> shared() {
    std::vector<std::map<std::string, std::size_t>> times;
    for (const Rule& r : set_.rules) {
      const std::vector<Field> own = fields(r);
      times.resize(own.size());
      for (std::size_t f = 0; f < own.size(); ++f) ++times[f][own[f].second];
    }
    std::vector<std::string> out;
    for (std::size_t f = 0; f < times.size(); ++f) {
      out.emplace_back();
      for (const auto& [text, n] : times[f]) {
        if (n > 1 && 2 * n > set_.rules.size())
          out.back() = text;
        else if (n > 1 && text.size() > 12)
          notes_.push_back(fields(set_.rules[0])[f].first + " " + text);
      }
    }
    return out;
  }

  void defaults() {
    std::string text;
    for (std::size_t f = 0; f < common_.size(); ++f)
      if (!common_[f].empty())
        text += (text.empty() ? "" : t("; ", " ; ")) + fields(set_.rules[0])[f].first + " " +
                common_[f];
    if (!text.empty())
      add(Kind::plain, t("Unless a rule says otherwise:", "Sauf mention contraire :"), text);
  }

  void tell(const Rule& r) {
    std::string text =
        std::string(in(language_, r.reason_en, r.reason_fr)) + ". " + t("When: ", "Quand : ") +
        in_words(r.condition, {catalogue_, set_.parameters, set_.subject}, language_);
    if (r.group >= 0) text += " [" + set_.groups[static_cast<std::size_t>(r.group)].name + "]";
    const std::vector<Field> own = fields(r);
    std::string marks;
    for (std::size_t f = 0; f < own.size(); ++f) {
      if (own[f].second == common_[f]) continue;
      const std::string whole = own[f].first + " " + own[f].second;
      const auto note = std::find(notes_.begin(), notes_.end(), whole);
      if (note == notes_.end())
        text += t("; ", " ; ") + whole;
      else
        marks += fmt::format(" ({})", note - notes_.begin() + 1);
    }
    add(Kind::item, fmt::format("{:+} {}:", r.score, r.id), text + "." + marks);
  }

  void notes() {
    std::string text;
    for (std::size_t n = 0; n < notes_.size(); ++n)
      text += fmt::format("{}({}) {}", n == 0 ? "" : t("; ", " ; "), n + 1, notes_[n]);
    if (!text.empty()) add(Kind::plain, t("Notes:", "Notes :"), text + ".");
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
    std::string out = r.valid_from.empty() ? t("with no first day", "sans premier jour")
                                           : t("from ", "du ") + r.valid_from;
    out += r.valid_to.empty() ? t(", with no last day", ", sans dernier jour")
                              : t(" to ", " au ") + r.valid_to;
    return out + t(", to be reviewed by ", ", à réexaminer avant le ") + r.review_by;
  }

  void numbers() {
    std::string groups, parameters;
    for (const RuleGroup& g : set_.groups) {
      groups += (groups.empty() ? "" : t("; ", " ; ")) + g.name;
      if (g.max) groups += t(" adds at most ", " ajoute au plus ") + std::to_string(*g.max);
      if (g.min)
        groups += std::string(g.max ? "," : "") + t(" takes off at most ", " retire au plus ") +
                  std::to_string(-*g.min);
    }
    for (const RuleParameter& p : set_.parameters)
      parameters += (parameters.empty() ? "" : t("; ", " ; ")) + p.name + " = " + number(p.value) +
                    t(" (from ", " (de ") + number(p.lo) + t(" to ", " à ") + number(p.hi) + ")";
    if (!parameters.empty()) parameters = t("Parameters: ", "Paramètres : ") + parameters;
    if (!groups.empty() && !parameters.empty()) groups += ". ";
    if (!groups.empty())
      add(Kind::plain, t("Groups [ ]:", "Groupes [ ] :"), groups + parameters);
    else if (!parameters.empty())
      add(Kind::plain, "", parameters);
  }

  /// French counts 0 in the singular.
  [[nodiscard]] std::string counted(std::size_t n, std::string_view english,
                                    std::string_view french) const {
    const bool one = n == 1 || (n == 0 && language_ == Language::french);
    return fmt::format("{} {}{}", n, t(english, french), one ? "" : "s");
  }

  void checks() {
    add(Kind::plain, t("Lint:", "Analyse :"),
        counted(report_.count(Severity::error), "error", "erreur") + ", " +
            counted(report_.count(Severity::warning), "warning", "avertissement") +
            (report_.date.empty() ? "" : t(", as of ", ", au ") + report_.date) +
            (report_.count(Severity::error) + report_.count(Severity::warning) > 0
                 ? t("; `corridor rules lint` tells them", " ; `corridor rules lint` les détaille")
                 : ""));
  }

  void signatures() {
    const auto line = [&](const std::string& text) {
      const std::size_t dots = card_columns - std::min(card_columns - 20, width(text) + 1);
      add(Kind::signature, "", text + " " + std::string(dots, '.'));
    };
    line(t("Adopted by (name, function, date, signature):",
           "Adoptée par (nom, fonction, date, signature) :"));
    line(t("Seen by data protection (the same):", "Vu par la protection des données (de même) :"));
  }

  const RuleSet& set_;
  const Catalogue& catalogue_;
  const LintReport& report_;
  Language language_;
  CardForm form_;
  std::vector<Paragraph> paragraphs_;  ///< of the part at hand
  std::vector<std::string> common_;    ///< per field: what most rules say
  std::vector<std::string> notes_;     ///< what several rules say, most do not
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
